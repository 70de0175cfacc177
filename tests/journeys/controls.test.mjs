// SPDX-License-Identifier: MPL-2.0
// The controls: each check of helper.mjs that finds nothing in the pages finds
// what is planted here.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, it } from "node:test";
import { focusFaults, htmlFaults, launch, reflowFaults, spacingFaults,
	violations, visit, walkFaults } from "./helper.mjs";

const FAULTY = `<!DOCTYPE html><html><head><title></title>
<style>a { outline: none } .cut { overflow: hidden; white-space: nowrap;
 width: 8ch } .far { width: 500px; background: #eee }</style></head><body>
<img src="/x.png"><button></button><p style="color:#aaa">faint</p><input>
<div class="far">wide</div><main><p class="cut">spaced out</p></main><a href="#a">no ring</a>
<a href="#b" style="display:inline-block;width:9px;height:9px">.</a>
<a href="#c" style="display:inline-block;width:9px;height:9px">.</a>
</body></html>`;

let browser, server, base;
before(async () => {
	browser = await launch();
	server = http.createServer((request, response) => {
		const broken = request.url === "/broken";
		response.writeHead(broken ? 503 : 200, {
			"Content-Type": request.url.endsWith(".js")
				? "text/javascript" : "text/html",
			"Content-Security-Policy": request.url.startsWith("/strict")
				? "default-src 'self'; require-trusted-types-for 'script'"
				: "img-src *",
		});
		response.end(PAGES[request.url] ?? FAULTY);
	});
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	base = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
	await browser?.close();
	server?.close();
});

const head = "<!DOCTYPE html><title>t</title>";
const PAGES = {
	"/foreign": `${head}<img src="http://127.0.0.2:9/x.png">`,
	"/strict-inline": `${head}<script>1</script>`,
	"/strict-html": `${head}<script src="/html.js"></script>`,
	"/html.js": "document.createElement('p').innerHTML = '<b>x</b>'",
	"/error": `${head}<script>undefinedName()</script>`,
};

for (const [path, told] of [["/foreign", /asked/], ["/broken", /503/],
	["/strict-inline", /Content Security Policy/], ["/error", /script: /],
	["/strict-html", /TrustedHTML/]]) {
	it(`a page that does what ${path} does is noticed`, async () => {
		const { page, close } = await visit(browser, base);
		await page.goto(base + path);
		await page.waitForTimeout(200);
		await assert.rejects(close, told);
	});
}

it("axe finds what is planted", async () => {
	const { page, context } = await visit(browser, base);
	await page.goto(base);
	const found = (await violations(page)).map((v) => v.split(":")[0]);
	for (const rule of ["image-alt", "button-name", "color-contrast", "label",
		"html-has-lang", "document-title", "target-size"])
		assert.ok(found.includes(rule), `${rule} in ${[...new Set(found)]}`);
	await context.close();
});

it("what is wider than the window, or cut, is found", async () => {
	const { page, context } = await visit(browser, base,
		{ viewport: { width: 320, height: 600 } });
	await page.goto(base);
	assert.match((await reflowFaults(page)).join(), /DIV\.far ends at/);
	assert.match((await spacingFaults(page)).join(), /P\.cut/);
	await context.close();
});

it("HTML that is not valid is found", async () => {
	const faults = (await htmlFaults(FAULTY)).join("\n");
	for (const rule of ["element-required-attributes", "wcag/h37",
		"empty-title", "no-inline-style"])
		assert.ok(faults.includes(rule), `${rule} in ${faults}`);
});

it("a focus that cannot be seen is found", async () => {
	const { page, context } = await visit(browser, base);
	await page.goto(base);
	await page.locator("a").first().focus();
	assert.match((await focusFaults(page)).join(), /ring of 0 px/);
	const { faults } = await walkFaults(page);
	assert.ok(faults.length >= 2, String(faults));
	await context.close();
});
