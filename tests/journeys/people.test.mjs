// SPDX-License-Identifier: MPL-2.0
// The people a network asks: a leader adds one, seals the contact details,
// opens them for a reason, and deletes her; somebody registers on the open
// page without an account and without scripts.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });

const row = (page, alias) => page.locator("tbody tr", { hasText: alias });

for (const database of databases) {
	describe(`people on ${database}`, () => {
		let server, network;
		before(async () => { server = await serve(database); });
		after(() => server?.stop());

		// guide:S36: chosen with a reason; guide:S47: needs are asked.
		it("a leader adds Karen, opens her details for a reason, deletes her",
			async () => {
				const { page, close } = await visit(browser, server.base);
				await signIn(page, freshLink(server));
				network = await demoNetwork(page, server.base);
				await soundVisit(page, `${network}/personer`, "personer-tom");
				await soundVisit(page, `${network}/personer/ny`, "person-ny");
				await page.setViewportSize({ width: 1280, height: 900 });
				await page.getByLabel("Transport").check();
				await button(page, "Gem").click();
				await soundPage(page, "person-fejl");
				assert.match(await page.textContent("#fejl"),
					/Skriv, hvorfor I spørger netop denne person/);
				assert.match(await page.textContent("#fejl"), /ikke gætter/);
				await page.fill("#felt-reason", "Hun passer sin mand om natten.");
				await page.fill("#felt-alias", "Kanarie");
				await page.locator("#felt-age").selectOption("67-79");
				await page.getByLabel("Jeg har spurgt personen").check();
				await page.getByLabel("Adressen er beskyttet").check();
				await button(page, "Gem").click();
				await page.waitForURL(/personer\/[0-9a-f-]{36}\?besked=gemt/);
				await soundPage(page, "person");
				await page.setViewportSize({ width: 1280, height: 900 });
				await page.fill("#felt-name", "Karen Holm");
				await page.fill("#felt-phone", "20 30 40 50");
				await page.fill("#felt-address", "Elmevej 3");
				await button(page, "Læg dem forseglet væk").click();
				await page.waitForURL(/besked=gemt/);
				assert.doesNotMatch(await page.content(), /Holm|Elmevej/);
				await button(page, "Vis dem").click();
				assert.match(await page.textContent("#grund-error"), /Skriv en grund/);
				await page.fill("#grund", "Ringe om besøget på tirsdag");
				await button(page, "Vis dem").click();
				assert.equal(await page.inputValue("#felt-name"), "Karen Holm");
				await soundPage(page, "person-kontakt");
				await soundVisit(page, `${network}/adgang`, "adgang");
				assert.match(await page.textContent("table"), /Ringe om besøget/);
				await page.goto(`${network}/personer`);
				assert.doesNotMatch(await page.content(), /Holm/);
				await soundPage(page, "personer");
				await row(page, "Kanarie").locator("a").click();
				await button(page, "Slet").click();
				assert.match(await page.textContent("#sikker-error"), /kan ikke/);
				await page.locator("#sikker").check();
				await button(page, "Slet").click();
				await page.waitForURL(/besked=slettet/);
				await page.goto(`${network}/personer`);
				assert.equal(await row(page, "Kanarie").count(), 0);
				await close();
			});

		// guide:S31, guide:S32, guide:S33, guide:S34
		it("target groups are found, compared and left out for a reason",
			async () => {
				const { page, close } = await visit(browser, server.base);
				await signIn(page, freshLink(server));
				await soundVisit(page, `${network}/maalgrupper`, "maalgrupper");
				await page.setViewportSize({ width: 1280, height: 900 });
				await page.goto(`${network}/maalgrupper?ny=maalgruppe&kind=front_staff`);
				await page.fill("#felt-name", "Aftenvagter");
				await page.locator("#felt-state").selectOption("not_chosen");
				await button(page, "Gem").click();
				assert.match(await page.textContent("[role=alert]"),
					/hvorfor gruppen ikke er valgt/);
				await page.fill("#felt-reason", "De er hørt i foråret.");
				await button(page, "Gem").click();
				await page.locator("#form-maalgruppe").waitFor({ state: "detached" });
				await page.goto(`${network}/maalgrupper`);
				assert.match(await page.textContent("#sammenlign ~ table"),
					/De er hørt i foråret/);
				await close();
			});

		it("somebody registers with the keyboard, without scripts", async () => {
			const leader = await visit(browser, server.base);
			await signIn(leader.page, freshLink(server));
			await leader.page.goto(`${network}/tilmelding`);
			await leader.page.fill("#felt-about", "Vi vil gerne høre fra dig.");
			await leader.page.fill("#felt-label0", "Hvor bor du?");
			await leader.page.fill("#felt-choices0", "I byen\nPå landet");
			await leader.page.getByLabel("Åbn siden").check();
			await button(leader.page, "Gem").click();
			await leader.page.waitForURL(/besked=gemt/);
			await soundPage(leader.page, "tilmelding");
			const address = new URL(await leader.page
				.locator(".alert-success a").getAttribute("href"));

			const { page, close } = await visit(browser, server.base,
				{ javaScriptEnabled: false });
			await page.goto(server.base + address.pathname);
			await tabTo(page, "#felt-name");
			await page.keyboard.type("Karen Holm");
			await page.keyboard.press("Enter");
			assert.match(await page.textContent("#fejl"), /telefon/);
			assert.equal(await page.inputValue("#felt-name"), "Karen Holm");
			await tabTo(page, "#felt-phone");
			await page.keyboard.type("20304050");
			await tabTo(page, "#felt-value0-0");
			await page.keyboard.press("Space");
			await tabTo(page, "main form button");
			await page.keyboard.press("Enter");
			await page.waitForURL(/tak=1/);
			await close();

			const seen = await visit(browser, server.base);
			await soundVisit(seen.page, server.base + address.pathname, "deltag");
			await seen.close();
			await leader.page.goto(`${network}/personer`);
			// She has no alias yet; the example's Karen has.
			await leader.page.locator("tbody tr", { hasNotText: "Karen" })
				.locator("a").first().click();
			assert.match(await leader.page.textContent("dl"), /I byen/);
			await leader.close();
		});
	});
}
