// SPDX-License-Identifier: MPL-2.0
// Ideas: Karen adds one with her code and builds on another; somebody without
// an account and without scripts sends one by the open link and takes it back;
// Mette combines two and drops one with a reason, and Karen reads why.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });

for (const database of databases) {
	describe(`ideas on ${database}`, () => {
		let server, network, karen;
		before(async () => {
			server = await serve(database);
			karen = server.base +
				new URL(server.links.citizen, server.base).pathname;
		});
		after(() => server?.stop());

		// guide:S19, guide:S20
		it("Karen has an idea and builds on another's, by keyboard, " +
			"without scripts", async () => {
			const { page, close } = await visit(browser, server.base,
				{ javaScriptEnabled: false });
			await page.goto(karen);
			await page.getByRole("link", { name: "Kom med en idé" }).click();
			await tabTo(page, "#felt-text");
			await page.keyboard.type("Ring til mig, før I kommer.");
			await tabTo(page, "#felt-scope-0");
			await page.keyboard.press("ArrowDown");
			await tabTo(page, "main form button");
			await page.keyboard.press("Enter");
			await page.waitForURL(/tak=1/);
			assert.match(await page.textContent("main"),
				/Ring til mig, før I kommer\./);
			await page.getByRole("link",
				{ name: /Byg videre på den\s*: Pårørende kan ringe mellem 17/ })
				.click();
			assert.match(await page.textContent("main"),
				/Du bygger videre på den her idé: Én aftenlinje/);
			await page.fill("#felt-text", "Også i weekenden.");
			await page.getByLabel("De andre, der er med").check();
			await button(page, "Send det").click();
			await page.waitForURL(/tak=1/);
			assert.match(await page.textContent("main"),
				/Bygger på: Én aftenlinje/);
			await close();
		});

		it("her page of ideas is sound", async () => {
			const { page, close } = await visit(browser, server.base);
			await soundVisit(page, `${karen}/ideer`, "borger-ideer");
			await soundVisit(page, `${karen}/ideer?sprog=en`, "borger-ideer-en");
			assert.equal((await page.context().cookies()).length, 0);
			await close();
		});

		it("Mette opens the page to everybody", async () => {
			const { page, close } = await visit(browser, server.base);
			await signIn(page, freshLink(server));
			network = await demoNetwork(page, server.base);
			await soundVisit(page, `${network}/ideer`, "ideer");
			await soundVisit(page, `${network}/ideer?ny=ide`, "ide-ny");
			await page.goto(`${network}/ideer`);
			await page.getByRole("link", { name: "Idéer fra alle" }).click();
			await page.getByLabel("Hvad vil I have idéer til?")
				.fill("Hvad kan gøre aftenen lettere for den, der passer?");
			await page.getByLabel("Åbn siden for alle").check();
			await button(page, "Gem").click();
			await page.getByText("Siden er åben").waitFor();
			await soundPage(page, "ideer-link");
			await close();
		});

		it("somebody without an account sends one and takes it back, " +
			"without scripts", async () => {
			const { page, close } = await visit(browser, server.base,
				{ javaScriptEnabled: false });
			const bank = `${server.base}/idebank/${network.split("/").pop()}`;
			await page.goto(bank);
			await page.fill("#felt-text", "Min nabo Karen kan sidde hos ham.");
			await page.getByLabel("Alle, også på nettet").check();
			await page.getByLabel("Jeg er fyldt 15 år").check();
			await button(page, "Send det").click();
			await page.getByText("Det ligner et navn: Karen").waitFor();
			await page.fill("#felt-text", "En nabo kan sidde hos ham.");
			await button(page, "Send det").click();
			await page.getByText("Gem adressen på den her side.").waitFor();
			const mine = page.url().split("?")[0];
			await page.goto(bank);
			assert.doesNotMatch(await page.textContent("main"), /En nabo/);
			await page.goto(mine);
			await button(page, "Træk det tilbage").click();
			await page.getByText("Vi har slettet din idé.").waitFor();
			assert.equal((await page.goto(mine)).status(), 404);
			await close();
			const plain = await visit(browser, server.base);
			await soundVisit(plain.page, bank, "idebank");
			await plain.page.fill("#felt-text", "Lys i stien til Kaffestuen.");
			await plain.page.getByLabel("Alle, også på nettet").check();
			await plain.page.getByLabel("Jeg er fyldt 15 år").check();
			await button(plain.page, "Send det").click();
			await plain.page.getByText("Gem adressen").waitFor();
			await soundPage(plain.page, "idebank-min");
			await plain.close();
		});

		it("Mette looks it through, notes one from the room, combines two " +
			"and drops one", async () => {
			const { page, close } = await visit(browser, server.base);
			await signIn(page, freshLink(server));
			await page.goto(`${network}/ideer?vis=venter`);
			await page.getByRole("link",
				{ name: "Lys i stien til Kaffestuen." }).click();
			await button(page, "Jeg har set den igennem. Vis den").click();
			await page.getByText("Gemt.").waitFor();

			await page.goto(`${network}/ideer/hurtig`);
			await soundPage(page, "ideer-hurtig");
			await page.getByLabel("Idéen med deres egne ord")
				.fill("Et nummer på køleskabet.");
			await page.getByLabel("Skrevet på papir").check();
			await page.getByLabel("De andre, der er med").check();
			await button(page, "Gem").click();
			await page.getByText("Det er noteret.").waitFor();
			assert.ok(await page.getByLabel("Skrevet på papir").isChecked());

			await page.goto(`${network}/ideer/saml`);
			await page.getByLabel("Én aftenlinje").check();
			await page.getByLabel("Et nummer på køleskabet.").check();
			await page.getByLabel("De bliver til én").check();
			await page.getByLabel("Idéen på én linje")
				.fill("Aftenlinje med nummer på køleskabet");
			await page.getByLabel("Hvad er den?")
				.fill("Ét nummer, som hænger, hvor man ser det.");
			await soundPage(page, "ideer-saml");
			await button(page, "Gem").click();
			await page.getByText("Lagt sammen af:").first().waitFor();
			await soundPage(page, "ide");

			await page.goto(`${network}/ideer`);
			await page.getByRole("link", { name: "En app med vagtplanen" })
				.click();
			await page.getByText("bygger ikke på noget, en borger har sagt")
				.waitFor();
			const drop = page.locator("form")
				.filter({ has: button(page, "Vælg den fra") });
			await drop.getByRole("textbox").fill(
				"Implementeringsomkostningerne overskrider " +
				"bevillingsrammen væsentligt.");
			await button(page, "Vælg den fra").click();
			await page.getByText("Begrundelsen har lix").first().waitFor();
			await soundPage(page, "ide-svaer");
			await page.locator("#grund-dropped")
				.fill("Den blev for dyr. Vi skriver planen på en seddel.");
			await button(page, "Vælg den fra").click();
			await page.getByText("Gemt.").waitFor();
			await close();
		});

		it("Karen reads why, and everybody what became of the one they may " +
			"read", async () => {
			const { page, close } = await visit(browser, server.base);
			await page.goto(`${karen}/ideer`);
			await page.getByText(
				"Den blev for dyr. Vi skriver planen på en seddel.").waitFor();
			await page.getByText("Blev en del af: Aftenlinje med nummer")
				.first().waitFor();
			await page.goto(
				`${server.base}/idebank/${network.split("/").pop()}`);
			await page.getByText("Lys i stien til Kaffestuen.").waitFor();
			assert.doesNotMatch(await page.textContent("main"),
				/Ring til mig/);
			await close();
		});
	});
}
