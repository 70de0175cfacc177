// SPDX-License-Identifier: MPL-2.0
// What the journeys share: a server of their own, a browser, and the checks
// that every page must pass.
//
//	const site = await startSite("sqlite");
//	const browser = await startBrowser();
//	const page = await newPage(browser, site, { width: 320 });
//	await signIn(page, site, "leader");
//	await checkPage(page, "front");
//	page.watch.assertClean();
//
// Everything runs on loopback and as an unprivileged user, on data of its own
// in a temporary folder that is removed afterwards; only what a test started
// is stopped.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
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

// The databases that this run can use; a missing one is a skipped test.
export const databases = ["sqlite", "postgres"];
export function why(database) {
	return database === "postgres" && !process.env.SAMSKAB_TEST_PG
		? "SAMSKAB_TEST_PG is not set"
		: false;
}

// ---- the server ----

function temporaryFolder(name) {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), `samskab-${name}-`));
	if (process.getuid() === 0)
		fs.chownSync(dir, ...nobody());
	return dir;
}

function nobody() {
	const id = (flag) => Number(execFileSync("id", [flag, "nobody"]));
	return [id("-u"), id("-g")];
}

async function freePort() {
	const probe = net.createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const { port } = probe.address();
	probe.close();
	return port;
}

// A schema of its own in the test server, as the model's tests have one.
function postgresSchema(name) {
	const url = process.env.SAMSKAB_TEST_PG;
	const run = (sql) =>
		execFileSync("psql", ["-qX", "-v", "ON_ERROR_STOP=1", "-c", sql, url],
			{ stdio: ["ignore", "ignore", "pipe"],
				env: { ...process.env, PGOPTIONS: "-c client_min_messages=error" } });
	run(`CREATE SCHEMA ${name}`);
	return {
		url: `${url}${url.includes("?") ? "&" : "?"}` +
			`options=-csearch_path%3D${name}`,
		drop: () => run(`DROP SCHEMA ${name} CASCADE`),
	};
}

export async function startSite(database, settings = {}) {
	const port = await freePort();
	const base = `http://127.0.0.1:${port}`;
	const dir = temporaryFolder("site");
	const env = {
		PATH: process.env.PATH,
		SAMSKAB_DATA: path.join(dir, "data"),
		SAMSKAB_LISTEN: `127.0.0.1:${port}`,
		SAMSKAB_BASE_URL: base,
		SAMSKAB_LOG_LEVEL: "warn",
		...settings,
	};
	let erased, schema;
	if (database === "postgres") {
		schema = postgresSchema(`j${port}`);
		erased = postgresSchema(`j${port}_erased`);
		env.SAMSKAB_DATABASE = schema.url;
		env.SAMSKAB_ERASED_DATABASE = erased.url;
	}
	const site = { base, dir, env, links: {}, log: "", database };
	const printed = execFileSync(program, ["demo", "--data", env.SAMSKAB_DATA],
		{ env, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
	for (const line of printed.trim().split("\n")) {
		const [role, link] = line.split("\t");
		(site.links[role] ??= []).push(link);
	}
	await serve(site);
	site.stop = async () => {
		await stopServer(site);
		schema?.drop();
		erased?.drop();
		fs.rmSync(dir, { recursive: true, force: true });
	};
	return site;
}

// Waits for the line with the address, which says that it answers.
export async function serve(site) {
	const child = spawn(program, ["serve"],
		{ env: site.env, stdio: ["ignore", "pipe", "pipe"] });
	site.child = child;
	child.stderr.on("data", (text) => { site.log += text; });
	await new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error("no answer")), START_MS);
		child.stdout.once("data", () => { clearTimeout(late); resolve(); });
		child.once("exit", (code) => {
			clearTimeout(late);
			reject(new Error(`serve ended with ${code}: ${site.log}`));
		});
	});
}

export async function stopServer(site, signal = "SIGTERM") {
	if (site.child.exitCode !== null || site.child.signalCode !== null)
		return;
	const ended = once(site.child, "exit");
	site.child.kill(signal);
	await ended;
}

// A new link, from the command that an administrator has.
export function newLink(site, mail) {
	return execFileSync(program, ["link", mail],
		{ env: site.env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
		.trim().split("\t").at(-1);
}

// ---- the browser ----

export function startBrowser() {
	return chromium.launch({
		executablePath: path.join(here, "chromium.sh"),
		chromiumSandbox: process.env.SAMSKAB_NO_SANDBOX === undefined,
		args: ["--disable-dev-shm-usage", "--disable-gpu",
			"--disable-background-networking", "--no-proxy-server"],
	});
}

// What a page must never do: ask another host, break the content security
// policy, log an error, answer 5xx.
function watch(page, base) {
	const seen = { foreign: [], policy: [], console: [], broken: [] };
	page.on("request", (request) => {
		const url = request.url();
		if (!url.startsWith(base) && !/^(about|blob):/.test(url))
			seen.foreign.push(url);
	});
	page.on("console", (message) => {
		const text = message.text();
		if (/Content Security Policy|Trusted ?(Types|HTML|Script)/i.test(text))
			seen.policy.push(text);
		else if (message.type() === "error" &&
			!/status of 4\d\d/.test(text))
			seen.console.push(text);
	});
	page.on("pageerror", (error) => seen.console.push(String(error)));
	page.on("response", (response) => {
		if (response.status() >= 500)
			seen.broken.push(`${response.status()} ${response.url()}`);
	});
	seen.assertClean = () => {
		for (const kind of ["foreign", "policy", "console", "broken"])
			assert.deepEqual(seen[kind], [], `${kind}: ${seen[kind]}`);
	};
	return seen;
}

export async function newPage(browser, site, options = {}) {
	const { width = 1280, height = 900, ...rest } = options;
	const context = await browser.newContext({
		viewport: { width, height },
		locale: "da-DK",
		baseURL: site.base,
		...rest,
	});
	context.setDefaultTimeout(10_000);
	const page = await context.newPage();
	page.watch = watch(page, site.base);
	return page;
}

// The link's page only shows a button; the button signs in.
export async function signIn(page, site, role) {
	const link = site.links[role]?.shift();
	assert.ok(link, `no link left for ${role}`);
	await page.goto(link);
	await page.locator("main form button[type=submit]").first().click();
	await page.waitForURL(`${site.base}/`);
}

// ---- checks ----

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a",
	"wcag22aa", "best-practice"];

// axe is evaluated by the debugger, which the page's policy does not bind.
export async function axeFaults(page) {
	await page.evaluate(axe.source);
	const result = await page.evaluate((tags) =>
		window.axe.run(document, { runOnly: { type: "tag", values: tags } }),
	AXE_TAGS);
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
		"no-trailing-whitespace": "off",
		"long-title": "off",
		// A part may have its own address and be a form's landmark.
		"no-implicit-button-type": "error",
		"prefer-native-element": "error",
	},
});

export async function htmlFaults(html) {
	const report = await validator.validateString(html);
	return report.results.flatMap((r) => r.messages).map((m) =>
		`${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

export async function screenshot(page, name) {
	fs.mkdirSync(screens, { recursive: true });
	const { width } = page.viewportSize();
	await page.screenshot({
		path: path.join(screens, `${name}-${width}.png`),
		fullPage: true,
	});
}

// One page as it stands: at this width and at 320, light and dark.
export async function checkPage(page, name) {
	const size = page.viewportSize();
	for (const width of [320, size.width]) {
		await page.setViewportSize({ ...size, width });
		assert.deepEqual(await reflowFaults(page), [], `${name} at ${width}`);
		assert.deepEqual(await spacingFaults(page), [], `${name} at ${width}`);
		assert.deepEqual(await axeFaults(page), [], `${name} at ${width}`);
		await screenshot(page, name);
	}
	await page.emulateMedia({ colorScheme: "dark" });
	assert.deepEqual(await axeFaults(page), [], `${name} in dark`);
	await screenshot(page, `${name}-dark`);
	await page.emulateMedia({ colorScheme: "light" });
	page.watch.assertClean();
}

// Goes there, and looks at the bytes as well.
export async function visit(page, address, name) {
	const response = await page.goto(address);
	assert.equal(response.status(), 200, `${name}: ${response.status()}`);
	assert.deepEqual(await htmlFaults(await response.text()), [], name);
	await checkPage(page, name);
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

// The ring that shows where the keyboard is: how wide, and is it in sight.
export function focusRing(page) {
	return page.evaluate(() => {
		const e = document.activeElement;
		const label = e.matches(".form-radio, .form-checkbox")
			? e.nextElementSibling : null;
		const style = label ? getComputedStyle(label, "::before")
			: getComputedStyle(e);
		const box = e.getBoundingClientRect();
		return {
			what: `${e.tagName}.${e.className}`,
			width: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
			inSight: box.bottom > 0 && box.top < innerHeight,
		};
	});
}
