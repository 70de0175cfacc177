// SPDX-License-Identifier: MPL-2.0
// What the journeys share: a server of their own on a fresh demo, a browser,
// and the checks that hold for every page.
//
//	const server = await serve("sqlite");
//	const browser = await launch();
//	const { page, close } = await visit(browser, server.base);
//	await signIn(page, server.links.leader);
//	await soundPage(page, "front");
//	await close();
//
// Everything runs on loopback, the browser in its sandbox and nothing as root;
// the data lie in a temporary folder that goes afterwards; only what a journey
// started is stopped.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, "../..");
const program = path.join(root, "build/samskab");
const screens = path.join(root, "build/screens");
const START_MS = 20_000;

export const databases = process.env.SAMSKAB_TEST_PG
	? ["sqlite", "postgres"] : ["sqlite"];

// ---- the server ----

let made = 0;
function newDatabase() {
	const url = process.env.SAMSKAB_TEST_PG;
	const name = `journey_${process.pid}_${++made}`;
	const run = (sql) => execFileSync("psql", ["-qXc", sql, url]);
	run(`CREATE DATABASE ${name}`);
	return {
		url: url.replace(/\/[^/]*$/, `/${name}`),
		drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`),
	};
}

// The journey is over, however it ended: no server stays behind.
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

// A demo installation and a server on it: { base, links, env, crash(), stop() }.  links
// has one link a role, for one sign-in; freshLink() makes more.
export async function serve(database) {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), "samskab-"));
	fs.chmodSync(dir, 0o711);
	const env = {
		PATH: process.env.PATH,
		SAMSKAB_DATA: path.join(dir, "data"),
		SAMSKAB_LISTEN: "127.0.0.1:0",
		SAMSKAB_LOG_LEVEL: "error",
	};
	const other = database === "postgres" ? newDatabase() : null;
	if (other !== null)
		env.SAMSKAB_DATABASE = other.url;
	const printed = execFileSync(program, ["demo"],
		{ env, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
	let { child, base, log } = await start(env);
	const links = {};
	for (const line of printed.trim().split("\n")) {
		const [role, link] = line.split("\t");
		links[role] ??= base + new URL(link).pathname;
	}
	return {
		base, links, env,
		// The machine's worst hour: killed, and started again where it was.
		async crash() {
			const ended = once(child, "exit");
			child.kill("SIGKILL");
			await ended;
			const where = new URL(base).host;
			({ child, log } = await start(
				{ ...env, SAMSKAB_LISTEN: where }));
		},
		async stop() {
			const alive = child.exitCode === null && child.signalCode === null;
			const ended = alive ? once(child, "exit") : null;
			child.kill("SIGTERM");
			await ended;
			fs.rmSync(dir, { recursive: true, force: true });
			other?.drop();
			assert.ok(alive, `the server ended by itself: ${log()}`);
			assert.equal(child.exitCode, 0, `the server ends well: ${log()}`);
		},
	};
}

// Waits for the line with the address, which says that it answers.
async function start(env) {
	const child = spawn(program, ["serve"],
		{ env, stdio: ["ignore", "pipe", "pipe"] });
	let errors = "";
	running.add(child);
	child.once("exit", () => running.delete(child));
	child.stderr.on("data", (text) => { errors += text; });
	const base = await new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error("no answer")), START_MS);
		child.stdout.once("data", (text) => {
			clearTimeout(late);
			resolve(String(text).trim());
		});
		child.once("exit", (code) => {
			clearTimeout(late);
			reject(new Error(`serve ended with ${code}: ${errors}`));
		});
	});
	return { child, base, log: () => errors };
}

// A link for another sign-in, from the command that an administrator has.
export function freshLink(server, mail = "mette.fjordlund@fjordby.example") {
	const printed = execFileSync(program, ["link", mail], { env: server.env,
		encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
	return server.base + new URL(printed.trim()).pathname;
}

// ---- the browser ----

export const launch = (more = []) => chromium.launch({
	executablePath: path.join(here, "chromium.sh"),
	chromiumSandbox: true,
	args: ["--disable-dev-shm-usage", "--disable-gpu", "--disable-sync",
		"--disable-background-networking", "--disable-component-update",
		"--no-first-run", "--no-proxy-server", ...more],
});

// A page of its own.  close() fails the test when the page asked another
// host, broke the content security policy, ran into an error or got a 5xx.
export async function visit(browser, base, options = {}) {
	const context = await browser.newContext({ locale: "da-DK",
		viewport: { width: 1280, height: 900 }, ...options });
	context.setDefaultTimeout(10_000);
	const page = await context.newPage();
	const faults = watch(page, base);
	return {
		page, context, faults,
		async close() {
			await context.close();
			assert.deepEqual(faults, []);
		},
	};
}

function watch(page, base) {
	const faults = [];
	page.on("request", (request) => {
		if (!request.url().startsWith(base))
			faults.push(`asked ${request.url()}`);
	});
	page.on("console", (message) => {
		// A form that comes back has a 4xx, which the console tells.
		if (message.type() === "error" &&
		    !/status of 4(01|03|04|09|10|22)/.test(message.text()))
			faults.push(`console: ${message.text()}`);
	});
	page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
	page.on("response", (response) => {
		if (response.status() >= 500)
			faults.push(`${response.status()} ${response.url()}`);
	});
	return faults;
}

// The link's page only shows a button; the button signs in.
export async function signIn(page, link) {
	await page.goto(link);
	await page.getByRole("main").getByRole("button").click();
	await page.waitForURL((url) => url.pathname === "/");
}

// The address of the demo's network, for somebody who is signed in.
export async function demoNetwork(page, base) {
	await page.goto(base);
	return base + await page.locator(".card-heading a").first()
		.getAttribute("href");
}

// ---- checks ----

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a",
	"wcag22aa", "best-practice"];

// axe is evaluated by the debugger, which the page's policy does not bind.
export async function violations(page, only = { type: "tag", values: AXE_TAGS }) {
	await page.evaluate(axe.source);
	const result = await page.evaluate((runOnly) =>
		window.axe.run(document, { runOnly, resultTypes: ["violations"] }), only);
	return result.violations.flatMap((v) =>
		v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`));
}

// Elements that reach past the window, but for those that lie in a region
// that may scroll (and takes the keyboard for it).
export function reflowFaults(page) {
	return page.evaluate(() => {
		const wide = document.documentElement.clientWidth;
		const faults = [];
		if (document.scrollingElement.scrollWidth > wide)
			faults.push(`the page is ${document.scrollingElement.scrollWidth}` +
				` wide in ${wide}`);
		for (const e of document.body.querySelectorAll("*")) {
			const box = e.getBoundingClientRect();
			const hidden = box.width <= 1 || box.height <= 1;
			const scrolls = e.closest(".grid-scroll, .table-scroll");
			if (!hidden && box.right > wide + 1 && !(scrolls && scrolls !== e))
				faults.push(`${e.tagName}.${e.className} ends at ${box.right}`);
		}
		return faults.slice(0, 5);
	});
}

// WCAG 1.4.12: no text is cut when people space it out.
export async function spacingFaults(page) {
	const style = await page.evaluateHandle(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync("* { line-height: 1.5 !important; " +
			"letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
			"p { margin-bottom: 2em !important }");
		document.adoptedStyleSheets.push(sheet);
		return sheet;
	});
	const faults = await page.evaluate(() =>
		[...document.querySelectorAll("main *, header *, footer *")]
			.filter((e) => e.closest(".sr-only") === null && e.clientWidth > 1 &&
				getComputedStyle(e).overflowX === "hidden" &&
				e.scrollWidth > e.clientWidth + 1)
			.map((e) => `${e.tagName}.${e.className} cuts its text`));
	await style.evaluate(() => { document.adoptedStyleSheets = []; });
	return faults;
}

const validator = new HtmlValidate({
	extends: ["html-validate:recommended"],
	rules: {
		// House style, not correctness: the view compiler writes these.
		"attr-quotes": "off",
		// Several boxes of one name are one field, as radios are.
		"form-dup-name": ["error", { shared: ["radio", "checkbox", "button",
			"reset", "submit"] }],
		"no-trailing-whitespace": "off",
		"long-title": "off",
	},
});

export async function htmlFaults(html) {
	const report = await validator.validateString(html);
	return report.results.flatMap((r) => r.messages).map((m) =>
		`${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

export async function screenshot(page, name, fullPage = true) {
	fs.mkdirSync(screens, { recursive: true });
	const { width } = page.viewportSize();
	await page.screenshot({
		path: path.join(screens, `${name}-${width}.png`),
		fullPage,
		timeout: 60_000, // the whole of a long page, on a busy machine
	});
}

// What holds for every page as it stands: wide and at 320 px (which is what
// 1280 px at 400 % shows), spaced out, and in dark.
export async function soundPage(page, name) {
	for (const width of [320, 1280]) {
		await page.setViewportSize({ width, height: 900 });
		const where = `${name} at ${width}`;
		assert.deepEqual(await reflowFaults(page), [], where);
		assert.deepEqual(await spacingFaults(page), [], where);
		assert.deepEqual(await violations(page), [], where);
		await screenshot(page, name);
	}
	await page.emulateMedia({ colorScheme: "dark" });
	const colours = { type: "rule", values: ["color-contrast"] };
	assert.deepEqual(await violations(page, colours), [], `${name} in dark`);
	await screenshot(page, `${name}-dark`, false);
	await page.emulateMedia({ colorScheme: null });
}

// Goes there, and looks at the bytes as well.
export async function soundVisit(page, address, name, status = 200) {
	const response = await page.goto(address);
	assert.equal(response.status(), status, name);
	assert.deepEqual(await htmlFaults(await response.text()), [], name);
	await soundPage(page, name);
}

// ---- the keyboard ----

// Presses Tab until the element that `selector` names has the focus.
export async function tabTo(page, selector, most = 200) {
	for (let i = 0; i < most; i++) {
		await page.keyboard.press("Tab");
		if (await page.evaluate((s) => document.activeElement.matches(s), selector))
			return i + 1;
	}
	assert.fail(`Tab did not reach ${selector} in ${most} steps`);
}

// The ring that shows where the keyboard is: at least 2 px, and in sight.
export function focusFaults(page) {
	return page.evaluate(() => {
		const e = document.activeElement;
		const drawn = e.matches(".form-radio, .form-checkbox")
			? getComputedStyle(e.nextElementSibling, "::before")
			: getComputedStyle(e);
		const wide = drawn.outlineStyle === "none"
			? 0 : parseFloat(drawn.outlineWidth);
		const box = e.getBoundingClientRect();
		const name = `${e.tagName}.${e.className}`;
		const faults = [];
		if (wide < 2)
			faults.push(`${name} has a ring of ${wide} px`);
		if (box.bottom <= 0 || box.top >= innerHeight)
			faults.push(`${name} has the focus out of sight`);
		return faults;
	});
}

// Every stop of the Tab key on the page: how many, and what is wrong.
export async function walkFaults(page, most = 400) {
	const faults = [];
	await page.evaluate(() => document.body.focus());
	for (let stops = 0; stops < most; stops++) {
		await page.keyboard.press("Tab");
		const over = await page.evaluate(() => {
			const e = document.activeElement;
			const again = e === document.body || "walked" in e.dataset;
			e.dataset.walked = "";
			return again;
		});
		if (over)
			return { stops, faults };
		faults.push(...await focusFaults(page));
	}
	return { stops: most, faults: [...faults, "the walk has no end"] };
}
