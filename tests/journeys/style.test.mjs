// SPDX-License-Identifier: MPL-2.0
// The vocabulary and the colours of doc/design-system.md, from the files.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { it } from "node:test";
import { root } from "./helper.mjs";

const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
const ours = read("assets/app.css").replace(/\/\*[^]*?\*\//g, "");
const theirs = read("node_modules/dkfds/dist/css/dkfds.min.css");
const kept = read("build/gen/dkfds.css");

function classesOf(css) {
	const heads = css.replace(/\{[^{}]*\}/g, "{}");
	return new Set([...heads.matchAll(/\.([a-zA-Z][\w-]*)/g)].map((m) => m[1]));
}

function classesOfViews() {
	const found = new Map();
	const folder = path.join(root, "src/web");
	for (const file of fs.readdirSync(folder)) {
		if (!file.endsWith(".html"))
			continue;
		const text = fs.readFileSync(path.join(folder, file), "utf8");
		for (const [, value] of text.matchAll(/ class="([^"]*)"/g))
			for (const name of value.replace(/\{\{[?/:][^}]*\}\}/g, " ").split(/\s+/))
				if (name !== "" && !name.includes("{{"))
					found.set(name, file);
	}
	return found;
}

// Names for what a thing is, without looks of their own.
const BARE = new Set(["alert-body", "lang-form", "plan-head", "glossary"]);

it("a view uses no class that has no rule", () => {
	const known = new Set([...classesOf(theirs), ...classesOf(ours)]);
	const used = classesOfViews();
	assert.ok(used.size > 40);
	const strange = [...used].filter(([name]) =>
		!known.has(name) && !BARE.has(name));
	assert.deepEqual(strange, []);
	assert.ok(!known.has("kfds-nonsense")); // the control
});

it("the rules of the design system that views use were kept", () => {
	const all = classesOf(theirs), left = classesOf(kept);
	const lost = [...classesOfViews().keys()].filter((name) =>
		all.has(name) && !left.has(name));
	assert.deepEqual(lost, []);
	assert.ok(left.size < all.size / 4, `${left.size} of ${all.size}`);
});

it("every colour of the design system has a value in both palettes", () => {
	const names = new Set([...kept.matchAll(/var\((--[\w-]+),/g)].map((m) => m[1]));
	assert.ok(names.size > 15);
	const missing = [...names].filter((name) => !ours.includes(`${name}:`));
	assert.deepEqual(missing, []);
	const bare = kept.match(/[:, ]#(?!0000\b)[0-9a-f]{3,6}(?![0-9a-f]*\))/gi);
	assert.equal(bare, null);
});

// ---- contrast: WCAG 1.4.3 and 1.4.11 ----

function palettes() {
	const blocks = [...ours.matchAll(/:root \{([^}]*)\}/g)].map((m) =>
		Object.fromEntries([...m[1].matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)]
			.map((p) => [p[1], p[2]])));
	const [light, dark] = blocks;
	return { light, dark: { ...light, ...dark } };
}

function luminance(hex) {
	const part = (i) => {
		const c = parseInt(hex.slice(i, i + 2), 16) / 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	};
	return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(one, two) {
	const [a, b] = [luminance(one), luminance(two)].sort((x, y) => y - x);
	return (a + 0.05) / (b + 0.05);
}

const TEXT = [["--ink", "--ground"], ["--ink", "--ground-soft"],
	["--ink", "--ground-press"], ["--ink", "--good"], ["--ink", "--warn"],
	["--ink", "--bad"], ["--ink", "--note"], ["--ink-soft", "--ground"],
	["--ink-soft", "--ground-soft"], ["--ink-soft", "--note"],
	["--ink-link", "--ground"], ["--ink-link", "--ground-soft"],
	["--ink-link", "--note"], ["--ink-visited", "--ground"],
	["--ink-visited", "--ground-soft"], ["--ink-error", "--ground"],
	["--ink-error", "--ground-soft"], ["--on-strong", "--strong"],
	["--on-strong", "--strong-hover"]];
const EDGES = [["--edge-field", "--ground"], ["--edge-field", "--ground-soft"],
	["--focus", "--ground"], ["--focus", "--ground-soft"],
	["--strong", "--ground"], ["--strong", "--ground-soft"],
	["--bad-edge", "--ground"], ["--bad-edge", "--ground-soft"],
	["--good-edge", "--ground"], ["--warn-edge", "--ground"],
	["--note-edge", "--ground"]];

function weak(palette, pairs, least) {
	return pairs.filter(([one, two]) => !(contrast(palette[one], palette[two]) >=
		least)).map((pair) => pair.join(" on "));
}

it("text has 4.5:1 and edges 3:1, light and dark", () => {
	for (const [name, palette] of Object.entries(palettes())) {
		assert.deepEqual(weak(palette, TEXT, 4.5), [], name);
		assert.deepEqual(weak(palette, EDGES, 3), [], name);
	}
	assert.equal(contrast("#000000", "#ffffff"), 21); // the controls
	assert.deepEqual(weak({ "--ink": "#777777", "--ground": "#ffffff" },
		TEXT.slice(0, 1), 4.5), ["--ink on --ground"]);
});
