// SPDX-License-Identifier: MPL-2.0
// A leader writes an invitation and is told how it reads, while it is written
// and, without scripts, where it stands.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, freshLink, signIn, soundPage,
	visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

async function words(page, server) {
	await signIn(page, freshLink(server));
	const network = await demoNetwork(page, server.base);
	await page.goto(`${network}/aktiviteter`);
	await page.getByRole("link", { name: /Kaffe hos dem/ }).first().click();
	await page.getByRole("link", { name: "Skriv og send invitationer" }).click();
	await page.locator("#invitation [data-edit-link]").first().click();
	await page.locator("form[data-edit]").waitFor();
}

for (const database of databases) {
	describe(`writing at eye level on ${database}`, () => {
		let server;
		before(async () => { server = await serve(database); });
		after(() => server?.stop());

		// guide:S51
		it("is told while one writes", async () => {
			const { page, close } = await visit(browser, server.base);
			await words(page, server);
			const shown = page.locator("#laeses");
			const field = page.locator("[name=about]");
			await field.pressSequentially(
				" Vedrørende inddragelsesprocesser iværksættes der samtaler.");
			await shown.getByText("Vedrørende: om").waitFor();
			assert.match(await shown.textContent(), /Sådan læses det nu/);
			assert.match(await shown.textContent(), /iværksættes: begynde/);
			// The field keeps the focus and what was typed.
			assert.match(await field.inputValue(), /der samtaler\./);
			assert.ok(await field.evaluate((e) => e === document.activeElement));
			await soundPage(page, "laeses");
			await close();
		});

		it("is told without scripts", async () => {
			const { page, close } = await visit(browser, server.base,
				{ javaScriptEnabled: false });
			await words(page, server);
			assert.match(await page.textContent("#laeses"), /Lix \d+/);
			await close();
		});
	});
}
