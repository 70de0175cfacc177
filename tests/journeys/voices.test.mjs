// SPDX-License-Identifier: MPL-2.0
// What people say: Ali notes an observation without names, Mette an insight
// that keeps what speaks against it, Karen shortens her words on the page of
// her letter, and what she takes back is gone at once.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const mail = "mette.fjordlund@fjordby.example";

for (const database of databases) {
	describe(`voices on ${database}`, () => {
		let server, network;
		before(async () => { server = await serve(database); });
		after(() => server?.stop());

		it("Ali notes what he saw, and is told of a name",
			async () => {
				const { page, close } =
					await visit(browser, server.base);
				await signIn(page, server.links.participant);
				network = await demoNetwork(page, server.base);
				await page.goto(`${network}/stemmer`);
				await soundPage(page, "voices");
				await page.getByRole("link",
					{ name: "Notér, hvad nogen sagde" })
					.click();
				await soundPage(page, "voice-new");
				await page.getByLabel("Hvad der blev sagt")
					.fill("Min kollega Karen spurgte aldrig.");
				await page.locator("#felt-kind")
					.selectOption("observation");
				await page.getByLabel("Netværket", { exact: true })
					.check();
				await page.getByLabel("Uden navn af nogen slags")
					.check();
				await page.getByLabel("Personen sagde ja")
					.check();
				await page.getByRole("button",
					{ name: "Gem", exact: true }).click();
				await page.getByText("Det ligner et navn: Karen")
					.waitFor();
				await soundPage(page, "voice-name");
				await page.getByLabel("Hvad der blev sagt")
					.fill("Vi spørger aldrig den, der passer.");
				await page.getByRole("button",
					{ name: "Gem", exact: true }).click();
				await page.getByText("Modtaget").waitFor();
				await close();
			});

		it("Mette looks through it and links it to an insight",
			async () => {
				const { page, close } =
					await visit(browser, server.base);
				await signIn(page, freshLink(server, mail));
				await page.goto(`${network}/stemmer`);
				await page.getByRole("link", { name:
					"Vi spørger aldrig den, der passer." })
					.click();
				await page.getByRole("button",
					{ name: "Jeg har set det igennem" })
					.click();
				await soundPage(page, "voice-one");
				await page.getByLabel("Indsigt")
					.selectOption({ index: 1 });
				await page.getByRole("button",
					{ name: "Taler for den" }).click();
				await page.getByText("Bygger på 2 personer")
					.first().waitFor();
				await page.getByText("modsagt").first().waitFor();
				await soundPage(page, "insights");
				await close();
			});

		it("Karen says something, shortens it and takes it back",
			async () => {
				const { page, close } =
					await visit(browser, server.base);
				await page.goto(server.base +
					new URL(server.links.citizen, server.base).pathname);
				await page.getByRole("link",
					{ name: "Sig noget, eller se" }).click();
				await soundPage(page, "citizen-words");
				await page.getByLabel("Hvad vil du gerne sige?")
					.fill("Jeg ringer ikke, og det er skidt.");
				await page.getByLabel("Dem, der arbejder med det")
					.check();
				await page.getByRole("button",
					{ name: "Send det" }).click();
				await page.getByText("Tak. Vi har fået det.")
					.waitFor();
				await page.getByRole("link",
					{ name: "Ret det, eller træk" }).click();
				await soundPage(page, "citizen-change");
				await page.getByLabel("Dine ord")
					.fill("Jeg ringer ikke.");
				await page.getByRole("button",
					{ name: "Gem", exact: true }).click();
				const said = page.locator("blockquote");
				assert.equal((await said.innerText()).trim(),
					"Jeg ringer ikke.");
				const leader =
					await visit(browser, server.base);
				await signIn(leader.page,
					freshLink(server, mail));
				await leader.page.goto(
					`${network}/stemmer`);
				await leader.page.getByText("Jeg ringer ikke.",
					{ exact: true }).waitFor();
				await page.getByRole("link",
					{ name: "Ret det, eller træk" }).click();
				await page.getByRole("button",
					{ name: "Træk det tilbage" }).click();
				await page.getByText("Det er væk.").waitFor();
				await leader.page.reload();
				assert.equal(await leader.page.getByText(
					"Jeg ringer ikke.", { exact: true })
					.count(), 0);
				await leader.close();
				await close();
			});
	});
}
