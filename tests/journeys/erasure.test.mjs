// SPDX-License-Identifier: MPL-2.0
// Somebody wants to be deleted after what they said was used: asked for on the
// page of the code, seen by the leader with its deadline, refused with a ground
// in law, and done after all.  trust P10.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const WORDS = "Bussen holder for langt væk.";
const button = (page, name) =>
	page.getByRole("main").getByRole("button", { name, exact: true });
const link = (page, name) => page.getByRole("link", { name });

for (const database of databases) {
	describe(`a wish to be deleted on ${database}`, () => {
		let server, karen, network;
		before(async () => {
			server = await serve(database);
			karen = server.base +
				new URL(server.links.citizen, server.base).pathname;
		});
		after(() => server?.stop());

		it("Karen says something, and the leader uses it", async () => {
			const { page, close } = await visit(browser, server.base);
			await page.goto(`${karen}/ord`);
			await page.getByRole("textbox").fill(WORDS);
			await page.getByLabel("Dem, der arbejder med det her").check();
			await button(page, "Send det").click();
			await page.waitForURL(/tak=1/);
			await signIn(page, server.links.leader);
			network = await demoNetwork(page, server.base);
			await page.goto(`${network}/stemmer?ord=bussen`);
			await link(page, new RegExp(WORDS)).first().click();
			for (const step of ["Jeg har set det igennem", "Det må bruges",
				"Det er brugt"])
				await button(page, step).click();
			await page.locator("h1", { hasText: "Brugt" }).waitFor();
			server.voice = page.url();
			await close();
		});

		it("she asks with the keyboard alone, without scripts", async () => {
			const { page, close } = await visit(browser, server.base,
				{ javaScriptEnabled: false });
			await page.goto(karen);
			await tabTo(page, "a[href*='/slet']");
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/slet/);
			assert.match(await page.textContent("main"), /svar inden en måned/);
			await tabTo(page, "main form button");
			await page.keyboard.press("Enter");
			await page.locator("h1", { hasText: "Du har bedt om" }).waitFor();
			assert.match(await page.textContent("main"),
				/Du får svar senest \d+\. \w+ \d{4}/);
			await close();
		});

		it("her wish stands with the leader, who refuses it", async () => {
			const { page, close } = await visit(browser, server.base);
			await soundVisit(page, `${karen}/slet`, "oenske-venter");
			await signIn(page, freshLink(server));
			await page.goto(network);
			await page.getByRole("main")
				.locator("a[href*='/sletteoenske']").first().click();
			const wish = page.url();
			assert.match(await page.textContent("main"), /Svaret skal/);
			await soundPage(page, "oenske-leder");
			// Without a ground it is no refusal; what was typed is there.
			await tabTo(page, "#felt-step-0");
			await page.keyboard.press("ArrowDown");
			await tabTo(page, "#felt-text");
			await page.keyboard.type("Det hører til din klagesag.");
			await tabTo(page, "main form button");
			await page.keyboard.press("Enter");
			await page.getByText("Vælg grunden i loven.").first().waitFor();
			assert.equal(await page.inputValue("#felt-text"),
				"Det hører til din klagesag.");
			await soundPage(page, "oenske-fejl");
			await page.locator("#felt-ground").selectOption("journal");
			await button(page, "Gem").click();
			await page.waitForURL(/besked=gemt/);
			await soundVisit(page, wish, "oenske-afslag");
			await soundVisit(page, server.voice, "stemme-gemmes");
			assert.equal(await button(page, "Det er brugt").count(), 0);
			await close();
		});

		it("she sees why, and that nobody else reads it", async () => {
			const { page, close } = await visit(browser, server.base);
			await soundVisit(page, `${karen}/slet`, "oenske-svar");
			const main = await page.textContent("main");
			assert.match(main, /Det hører til en sag/);
			assert.match(main, /Det hører til din klagesag\./);
			assert.match(main, /Datatilsynet/);
			assert.equal(await page.locator("main form").count(), 0);
			await soundVisit(page, `${karen}/ord`, "ord-gemmes");
			assert.equal(await page.locator("input[name=scope]").count(), 1);
			assert.equal(await link(page, /træk det tilbage/i).count(), 0);
			await close();
		});

		it("granted after all, her code opens nothing", async () => {
			const { page, close } = await visit(browser, server.base);
			await signIn(page, freshLink(server));
			await page.goto(server.voice);
			await page.locator("dd a[href*='/personer/']").click();
			await page.locator("form[action$='/slet'] input[type=checkbox]")
				.check();
			await page.locator("form[action$='/slet'] button").click();
			await page.waitForURL((url) => !url.pathname.endsWith("/slet"));
			const gone = await page.goto(`${karen}/slet`);
			assert.equal(gone.status(), 404);
			await soundPage(page, "oenske-slettet");
			await close();
		});
	});
}
