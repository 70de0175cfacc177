// SPDX-License-Identifier: MPL-2.0
// What assets/app.js adds to the plan page: a part is edited where it stands,
// the focus goes where the work is, nothing typed is lost, and what others do
// meanwhile is told.
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, it } from "node:test";
import { demoNetwork, freshLink, launch, serve, signIn, visit }
	from "./helper.mjs";

let browser, server, mette;
before(async () => {
	browser = await launch();
	server = await serve("sqlite");
});
after(async () => {
	await browser?.close();
	await server?.stop();
});
beforeEach(async () => { mette = await planOf(freshLink(server)); });
afterEach(async () => { await mette.close(); });

// Somebody on the plan page, and how often the browser loaded a whole page.
async function planOf(link) {
	const seen = await visit(browser, server.base);
	await signIn(seen.page, link);
	seen.plan = `${await demoNetwork(seen.page, server.base)}/plan`;
	const listening = seen.page.waitForResponse((r) =>
		r.url().endsWith("/live") && r.status() === 200);
	const looked = seen.page.waitForResponse((r) =>
		r.request().method() === "HEAD");
	await seen.page.goto(seen.plan);
	await listening;
	await looked; // now it knows what is shown
	seen.loads = 0;
	seen.page.on("load", () => { seen.loads++; });
	return seen;
}

const open = async (page, part) => {
	await page.locator(`#${part} [data-edit-link]`).first().click();
	await page.locator(`#${part} form[data-edit]`).waitFor();
};
const save = (page, part) =>
	page.locator(`#${part} form[data-edit] button[type=submit]`).click();
const focused = (page) => page.evaluate(() => ({
	tag: document.activeElement.tagName,
	part: document.activeElement.closest(".plan-part")?.id,
	text: document.activeElement.textContent.trim(),
	alert: document.activeElement.matches(".alert"),
}));

it("opens, refuses, saves and announces without leaving the page", async () => {
	const { page } = mette;
	await open(page, "formaal");
	assert.deepEqual({ ...await focused(page), text: "" },
		{ tag: "H3", part: "formaal", text: "", alert: false });
	const field = page.locator("#formaal textarea").first();
	await field.fill("");
	await save(page, "formaal");
	await page.locator("#formaal .alert-error").waitFor();
	assert.equal((await focused(page)).alert, true);
	await field.fill("Et formål fra en prøve.");
	await save(page, "formaal");
	await page.locator("#formaal form").waitFor({ state: "detached" });
	await page.locator("#live [data-said]").waitFor();
	assert.equal(await page.locator("#live [data-said]").innerText(), "Gemt.");
	assert.match(await page.locator("#formaal").innerText(), /fra en prøve/);
	assert.match((await focused(page)).text, /^Ret/);
	assert.equal(page.url(), mette.plan);
	assert.equal(mette.loads, 0);
	await page.waitForTimeout(500); // our own change is no news
	assert.equal(await page.locator("[data-live-text]").isVisible(), false);
});

it("adds a record, and the other parts follow", async () => {
	const { page } = mette;
	const rows = await page.locator(".role-grid tbody tr").count();
	await page.locator("#aktoer > p > [data-edit-link]").last().click();
	const form = page.locator("#aktoer form[data-edit]");
	await form.waitFor();
	await form.locator("[name=name]").fill("Asta, 80");
	const kind = form.locator("[name=kind]").first();
	if (await kind.evaluate((e) => e.tagName === "SELECT"))
		await kind.selectOption("citizen");
	else
		await form.locator("[name=kind][value=citizen]").check();
	await save(page, "aktoer");
	await form.waitFor({ state: "detached" });
	assert.equal(await page.locator(".role-grid tbody tr").count(), rows + 1);
	assert.equal((await focused(page)).part, "aktoer");
	assert.equal(mette.loads, 0);
});

it("cancels and goes back to where one was", async () => {
	const { page } = mette;
	await open(page, "formaal");
	await page.locator("#formaal form .button-group a").click();
	await page.locator("#formaal form").waitFor({ state: "detached" });
	assert.match((await focused(page)).text, /^Ret/);
	assert.equal(mette.loads, 0);
	await open(page, "formaal");
	await page.goBack();
	await page.locator("#formaal form").waitFor({ state: "detached" });
	assert.equal(new URL(page.url()).search, "");
});

it("asks before it leaves what was typed", async () => {
	const { page } = mette;
	await open(page, "formaal");
	await page.locator("#formaal textarea").first().fill("Halvt skrevet");
	const asked = [];
	page.on("dialog", (dialog) => {
		asked.push(dialog.type());
		dialog.dismiss();
	});
	await page.locator("#formaal form .button-group a").click();
	await page.waitForTimeout(300);
	await page.locator(".site-name").click({ noWaitAfter: true });
	await page.waitForTimeout(300);
	assert.deepEqual(asked, ["beforeunload", "beforeunload"]);
	assert.equal(await page.locator("#formaal textarea").first().inputValue(),
		"Halvt skrevet");
});

it("does not ask when nothing was typed", async () => {
	const { page } = mette;
	await open(page, "formaal");
	page.on("dialog", (dialog) => assert.fail(dialog.type()));
	await page.locator(".site-name").click();
	await page.waitForURL(`${server.base}/`);
});

it("tells what another changed, and shows both when they meet", async () => {
	const { page } = mette;
	const ali = await planOf(server.links.codriver ?? freshLink(server));
	await open(page, "behov");
	await page.locator("#behov textarea").first().fill("Som Mette ser det.");
	await open(ali.page, "behov");
	await ali.page.locator("#behov textarea").first().fill("Som Ali ser det.");
	await save(ali.page, "behov");
	await page.locator("[data-live-text]").waitFor();
	await save(page, "behov");
	await page.locator("#behov .conflict").first().waitFor();
	assert.match(await page.locator("#behov .conflict").first().innerText(),
		/Som Ali ser det/);
	assert.equal(await page.locator("#behov textarea").first().inputValue(),
		"Som Mette ser det.");
	delete server.links.codriver;
	await page.locator("#behov textarea").first().fill("Som begge ser det.");
	await save(page, "behov");
	await page.locator("#behov form").waitFor({ state: "detached" });
	assert.match(await page.locator("#behov").innerText(), /Som begge ser det/);
	await ali.close();
});

it("loses nothing when the line drops while it saves", async () => {
	const { page } = mette;
	await open(page, "formaal");
	await page.locator("#formaal textarea").first().fill("Skrevet i et tunnelhul");
	let dropped = 0;
	await page.route("**/gem/**", (route) => dropped++ === 0
		? route.abort("connectionfailed") : route.continue());
	await save(page, "formaal");
	await page.waitForURL(/besked=gemt/); // the browser posted it again
	assert.equal(dropped, 2);
	assert.match(await page.locator("#formaal").innerText(), /tunnelhul/);
	assert.match(mette.faults.splice(0).join(), /^console: .*CONNECTION_FAILED$/);
});
