// SPDX-License-Identifier: MPL-2.0
// Mette puts two voices together with the keyboard alone, takes them apart
// again, and codes a passage on pages without a script.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const mail = "mette.fjordlund@fjordby.example";

for (const database of databases) {
	describe(`coding on ${database}`, () => {
		let server;
		before(async () => { server = await serve(database); });
		after(() => server?.stop());

		it("puts two together by the keyboard, and apart again",
			async () => {
				const { page, close } =
					await visit(browser, server.base);
				await signIn(page, freshLink(server, mail));
				const network =
					await demoNetwork(page, server.base);
				await page.goto(`${network}/stemmer`);
				await soundPage(page, "voices-boxes");
				const boxes = page.locator("input[name=v]");
				assert.ok(await boxes.count() >= 2);
				await boxes.nth(0).focus();
				await page.keyboard.press("Space");
				await tabTo(page, "input[name=v]");
				await page.keyboard.press("Space");
				await page.keyboard.press("Enter");
				await page.getByRole("heading", { name:
					"Læg det sammen, der siger det samme" })
					.waitFor();
				await soundPage(page, "merge");
				await tabTo(page, "#felt-words");
				await page.keyboard.type("Vi vil gerne høres.");
				await tabTo(page, "main button[type=submit]");
				await page.keyboard.press("Enter");
				await page.getByText("Lagt sammen af").waitFor();
				await soundPage(page, "merged");
				await tabTo(page, "#undo-reason");
				await page.keyboard.type("De talte om hver sit.");
				await page.keyboard.press("Tab");
				await page.keyboard.press("Enter");
				await page.getByText("De talte om hver sit.")
					.waitFor();
				await close();
			});

		it("codes a passage without a script", async () => {
			const { page, close } = await visit(browser,
				server.base, { javaScriptEnabled: false });
			await signIn(page, freshLink(server, mail));
			const network = await demoNetwork(page, server.base);
			await page.goto(`${network}/koder`);
			await page.getByLabel("Navn").fill("At blive hørt");
			await page.getByRole("button", { name: "Gem koden" })
				.click();
			await page.getByRole("link", { name: "At blive hørt" })
				.waitFor();
			await page.goto(`${network}/stemmer`);
			const box = page.locator("input[name=v]").first();
			const voice = `${network}/stemmer/${
				await box.getAttribute("value")}`;
			await page.goto(voice);
			await page.locator("input[name=s]").first().check();
			await page.locator("input[name=kode]").first().check();
			await page.getByRole("button",
				{ name: "Sæt koderne på" }).click();
			await page.getByRole("button",
				{ name: "Tag koden af" }).waitFor();
			await close();
			const seen = await visit(browser, server.base);
			await signIn(seen.page, freshLink(server, mail));
			await soundVisit(seen.page, voice, "voice-codes");
			await soundVisit(seen.page, `${network}/koder`, "codebook");
			await seen.page.getByRole("link",
				{ name: "At blive hørt" }).click();
			await soundPage(seen.page, "code");
			await soundVisit(seen.page, `${voice}/del`, "split");
			await seen.close();
		});

		// The same passage by mouse and by keyboard; what is marked last
		// counts, and a form that is refused brings it back.
		it("marks a passage with the mouse and with the keyboard",
			async () => {
				const { page, close } =
					await visit(browser, server.base);
				await signIn(page, freshLink(server, mail));
				const network =
					await demoNetwork(page, server.base);
				await page.goto(`${network}/stemmer`);
				const voice = await page.locator("input[name=v]")
					.nth(1).getAttribute("value");
				await page.goto(`${network}/stemmer/${voice}`);
				const field = page.locator("#opmaerk");
				const status = page.locator(
					"[data-marking] [role=status]");
				await field.waitFor();
				assert.equal(await status.textContent(),
					"Intet er markeret.");
				const text = await field.inputValue();
				// The mouse: a double click takes a word.
				await field.dblclick({ position: { x: 20, y: 20 } });
				await page.waitForFunction(() => document
					.querySelector("form[data-coding]")
					.elements.to.value !== "");
				const at = await page.evaluate(() => {
					const e = document.querySelector(
						"form[data-coding]").elements;
					return [Number(e.from.value),
						Number(e.to.value)];
				});
				const points = [...text];
				const word = points.slice(...at).join("");
				assert.match(word, /^\p{L}+$/u);
				assert.equal(await status.textContent(),
					`Markeret: ${word}`);
				// A sentence instead: the mark is gone.
				await page.locator("input[name=s]").first().check();
				assert.equal(await status.textContent(),
					"Intet er markeret.");
				// The keyboard: Shift and the arrows; no code chosen,
				// so it comes back with the passage still marked.
				await tabTo(page, "#opmaerk");
				await page.keyboard.press("Control+Home");
				await page.keyboard.type("x"); // nobody's words
				assert.equal(await field.inputValue(), text);
				for (let i = 0; i < 9; i++)
					await page.keyboard.press("Shift+ArrowRight");
				const nine = points.slice(0, 9).join("").trim();
				await page.waitForFunction((t) => document
					.querySelector("[data-marking] [role=status]")
					.textContent === `Markeret: ${t}`, nine);
				assert.equal(await page
					.locator("input[name=s]:checked").count(), 0);
				await page.getByRole("button",
					{ name: "Sæt koderne på" }).click();
				await page.getByText("Det blev ikke gemt").first()
					.waitFor();
				assert.equal(await status.textContent(),
					`Markeret: ${nine}`);
				await soundPage(page, "voice-marked");
				await page.locator("input[name=kode]").first()
					.check();
				await page.getByRole("button",
					{ name: "Sæt koderne på" }).click();
				await page.getByRole("button",
					{ name: "Tag koden af" }).waitFor();
				assert.equal((await page.locator("#koder ~ ul " +
					"blockquote").first().textContent()).trim(),
					nine);
				await close();
			});
	});
}
