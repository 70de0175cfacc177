// SPDX-License-Identifier: MPL-2.0
// The page that `samskab groups --report` writes, in a browser: it stands
// alone, and axe and the validator find nothing.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import {
	htmlFaults, launch, reflowFaults, root, violations, visit,
} from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

// Sixty people in two camps, twelve statements.
function votes() {
	const rows = ["participant,statement,vote"];
	for (let i = 0; i < 60; i++) {
		for (let j = 0; j < 12; j++) {
			const side = (i % 2 === 0) === (j < 6) ? 1 : -1;
			rows.push(`${i},${j},${(i * 7 + j * 3) % 11 === 0 ? -side : side}`);
		}
	}
	return rows.join("\n") + "\n";
}

function report(lang, csv) {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), "samskab-"));
	const file = path.join(dir, "votes.csv"), out = path.join(dir, "r.html");
	fs.writeFileSync(file, csv);
	execFileSync(path.join(root, "build/samskab"),
		["groups", file, "--report", out, "--lang", lang]);
	const html = fs.readFileSync(out, "utf8");
	fs.rmSync(dir, { recursive: true });
	return html;
}

for (const lang of ["da", "en"]) {
	for (const [what, csv] of [["groups", votes()],
		["none", "participant,statement,vote\n1,1,1\n"]]) {
		test(`the report in ${lang} with ${what} is sound`, async () => {
			const html = report(lang, csv);
			assert.deepEqual(await htmlFaults(html), []);
			const { page, close } = await visit(browser, "about:");
			await page.setContent(html);
			assert.deepEqual(await violations(page), []);
			await page.setViewportSize({ width: 320, height: 800 });
			assert.deepEqual(await reflowFaults(page), []);
			assert.equal(await page.locator("html").getAttribute("lang"), lang);
			await close();
		});
	}
}

test("the check finds what is wrong with a report", async () => {
	const html = report("da", votes()).replace(/<html lang="da">/, "<html>");
	const { page, close } = await visit(browser, "about:");
	await page.setContent(html);
	assert.match((await violations(page)).join(), /html-has-lang/);
	await close();
});
