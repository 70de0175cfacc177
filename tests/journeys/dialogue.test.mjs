// SPDX-License-Identifier: MPL-2.0
// A dialogue: citizens on phones answer by the open address and with a code,
// without a script and with the keyboard alone; the leader reads what they
// write; the wall follows by itself.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, signIn, soundPage, tabTo, visit }
	from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const question = "Hvad skal til, for at du tør gå en tur?";
const phone = { viewport: { width: 390, height: 800 } };

for (const database of databases) {
	describe(`a dialogue on ${database}`, () => {
		let server, network, address, leader;
		before(async () => {
			server = await serve(database);
			leader = await visit(browser, server.base);
			await signIn(leader.page, server.links.leader);
			network = await demoNetwork(leader.page, server.base);
		});
		after(() => server?.stop());

		it("shows the leader where people meet and where they part",
			async () => {
				const { page } = leader;
				await page.goto(`${network}/dialoger`);
				await soundPage(page, "dialogues");
				await page.getByRole("link",
					{ name: question, exact: true }).click();
				await page.getByRole("heading",
					{ name: "Gruppe A" }).waitFor();
				await page.getByText("Der skal være en at ringe " +
					"til om aftenen.").first().waitFor();
				await soundPage(page, "dialogue");
				address = server.base + new URL(await page
					.getByRole("link", { name: "/dialog/" })
					.getAttribute("href")).pathname;
			});

		it("shows the wall, which follows", async () => {
			const { page } = leader;
			await page.getByRole("link",
				{ name: "Vis den på væggen" }).click();
			await soundPage(page, "wall");
			assert.match(await page.locator(".wall-count").innerText(),
				/64 personer/);
		});

		it("is answered on a phone, one statement after another",
			async () => {
				const { page, close } = await visit(browser,
					server.base, phone);
				await page.goto(address);
				await soundPage(page, "talk");
				await page.setViewportSize(phone.viewport);
				const seen = new Set();
				for (let n = 1; n <= 4; n++) {
					seen.add(await page.locator("#udsagn")
						.innerText());
					await page.getByRole("button",
						{ name: "Enig", exact: true })
						.click();
					await page.getByText(
						`Du har svaret på ${n} af 11.`)
						.waitFor();
				}
				assert.equal(seen.size, 4);
				await page.getByText("Skriv dit eget udsagn")
					.click();
				await page.getByLabel("Dit udsagn").fill(
					"Aftenvagten skal kende vores vaner.");
				await page.getByRole("button",
					{ name: "Send det", exact: true }).click();
				await page.getByText("Vi læser det, før andre " +
					"ser det.").waitFor();
				await page.getByRole("link",
					{ name: "Dine svar" }).click();
				await page.getByText("Aftenvagten skal kende")
					.first().waitFor();
				await soundPage(page, "talk-mine");
				await page.getByRole("link", { name:
					"Se, hvad andre svarer" }).click();
				await soundPage(page, "talk-ground");
				await close();
			});

		it("tells the wall by itself", async () => {
			await leader.page.locator(".wall-count").filter(
				{ hasText: "65 personer" }).waitFor();
		});

		it("is answered with a code and no script", async () => {
			const { page, close } = await visit(browser, server.base,
				{ ...phone, javaScriptEnabled: false });
			await page.goto(server.links.citizen);
			await page.getByRole("link", { name: question }).click();
			await page.getByRole("button", { name: "Uenig" }).click();
			await page.getByText("Du har svaret på 1 af 11.")
				.waitFor();
			await page.getByRole("link", { name: "Dine svar" })
				.click();
			await page.getByText("Du er uenig").waitFor();
			await page.getByRole("button", { name: /^Enig/ }).click();
			await page.getByText("Du er enig").waitFor();
			await close();
		});

		it("is answered with the keyboard alone", async () => {
			const { page, close } =
				await visit(browser, server.base);
			await page.goto(address);
			for (let n = 1; n <= 3; n++) {
				await tabTo(page, "button[name=svar]");
				await page.keyboard.press("Enter");
				await page.getByText(
					`Du har svaret på ${n} af 11.`).waitFor();
			}
			await close();
		});

		it("lets the leader read what citizens write", async () => {
			const { page } = leader;
			await page.getByRole("link",
				{ name: "Tilbage til dialogen" }).click();
			await page.getByRole("heading",
				{ name: "Skal læses" }).waitFor();
			await soundPage(page, "dialogue-read");
			await page.getByRole("button",
				{ name: "Vis det:" }).or(page.getByRole("button",
				{ name: /^Vis det/ })).first().click();
			await page.getByText("Gemt.").waitFor();
			await page.getByRole("link", { name:
				/^Foreslå det som fælles fokus/ }).first().click();
			assert.notEqual(await page.locator(
				"form[data-edit] textarea").first().inputValue(),
				"");
			await leader.close();
		});
	});
}
