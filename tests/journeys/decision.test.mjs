// SPDX-License-Identifier: MPL-2.0
// A decision from the question to the answer: Mette has it prepared, Lis reads
// the brief on her phone and notes what was decided, Mette says what each voice
// did to it and answers, and Karen reads it without a script and answers back.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, signIn, soundPage, soundVisit,
	tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const title = "Én fast kontakt om aftenen";
const words = "Jeg vil helst ringe til en, jeg kender.";
const reason = "I fortalte, at I ikke ringer om aftenen. Nu får I én at ringe til.";

for (const database of databases) {
	describe(`a decision on ${database}`, () => {
		let server, network, decision, mette;
		before(async () => {
			server = await serve(database);
			mette = await visit(browser, server.base);
			await signIn(mette.page, server.links.leader);
			network = await demoNetwork(mette.page, server.base);
		});
		after(async () => {
			await mette?.close();
			await server?.stop();
		});
		const ownPage = rest => server.base +
			new URL(server.links.citizen, server.base).pathname + rest;

		it("Karen says something, and Mette finds that it speaks for an insight",
			async () => {
				const karen = await visit(browser, server.base);
				await karen.page.goto(ownPage("/ord"));
				await karen.page.locator("main textarea").first().fill(words);
				await karen.page.locator("main input[name=scope]").last()
					.check();
				await button(karen.page, "Send det").click();
				await karen.page.getByText(words).first().waitFor();
				await karen.close();
				const { page } = mette;
				await page.goto(`${network}/stemmer`);
				await page.getByRole("link", { name: words }).first().click();
				await button(page, "Jeg har set det igennem").click();
				await button(page, "Taler for den").click();
				await page.getByText(words).first().waitFor();
			});

		it("Mette finds it prepared, and the brief says who was not heard",
			async () => {
				const { page } = mette;
				await soundVisit(page, `${network}/beslutninger`, "decisions");
				await page.locator("#beslutninger").getByRole("link",
					{ name: title, exact: true }).click();
				decision = page.url();
				await soundPage(page, "decision-prepared");
				await page.getByRole("link",
					{ name: "Oplæg til den, der beslutter" }).click();
				await page.getByRole("heading",
					{ name: "Hvem der blev hørt" }).waitFor();
				await soundPage(page, "brief");
			});

		it("what was decided is noted by keyboard, without scripts",
			async () => {
				const { page, close } = await visit(browser, server.base,
					{ javaScriptEnabled: false,
						viewport: { width: 320, height: 700 } });
				await signIn(page, server.links.codriver);
				await page.goto(`${decision}/oplaeg`);
				await page.getByRole("link",
					{ name: "Notér, hvad der blev besluttet" }).click();
				await tabTo(page, "#felt-outcome-0");
				await page.keyboard.press("Space");
				await page.getByLabel("Hvilken dag?").fill("2026-11-24");
				await tabTo(page, "#afgoer button");
				await page.keyboard.press("Enter");
				await page.getByText("Der er ingen begrundelse endnu.").waitFor();
				await page.getByLabel("Hvorfor? Alle").fill(reason);
				await page.getByLabel("Hvad sker der nu?").fill(
					"Vi begynder i februar.");
				await button(page, "Gem det, der blev besluttet").click();
				await page.getByText(reason).first().waitFor();
				await close();
			});

		it("Mette says what an insight did, and the rest in one go",
			async () => {
				const { page } = mette;
				await page.goto(decision);
				await page.getByLabel("Indsigt eller idé").selectOption(
					{ index: 0 });
				const form = page.locator("form",
					{ has: page.locator("#kilde") });
				await form.getByLabel("Ændrede beslutningen").check();
				await form.getByLabel("I én sætning").fill(
					"Det var det, der gjorde udslaget.");
				await button(page, "Knyt den til").click();
				await page.getByText("Det var det, der gjorde udslaget.")
					.first().waitFor();
				await soundVisit(page, decision, "decision-linked");
				const rest = page.locator("form",
					{ hasText: "Hvilke stemmer?" });
				if (await rest.count() > 0) {
					for (const box of await rest.getByRole("checkbox").all())
						await box.check();
					await rest.getByLabel("Hørt, men ikke fulgt").check();
					await rest.getByLabel("I én sætning").fill(
						"Det kan vi ikke nå nu.");
					await button(page, "Knyt de valgte til").click();
					await page.getByText("Det kan vi ikke nå nu.").first()
						.waitFor();
				}
				assert.equal(await page.locator("#uden").count(), 0);
			});

		it("everybody is answered, and only then it is closed", async () => {
			const { page } = mette;
			await page.goto(`${decision}/svar`);
			await soundPage(page, "answers");
			for (let left = 20; left > 0; left--) {
				const told = page.getByRole("button",
					{ name: /^Telefon eller ansigt til ansigt/ });
				if (await told.count() === 0)
					break;
				await told.first().click();
				await page.locator(".alert-success").first().waitFor();
			}
			await page.getByText("Ingen venter.").waitFor();
			await page.goto(decision);
			await button(page, "Alle har fået svar").click();
			await page.getByRole("heading", { name: "Følg op" }).waitFor();
			await soundVisit(page, `${network}/spor`, "trace");
			await soundVisit(page, `${network}/beretning`, "report");
		});

		it("Karen reads what her words led to, and answers back",
			async () => {
				const { page, close } = await visit(browser, server.base,
					{ javaScriptEnabled: false,
						viewport: { width: 320, height: 700 } });
				await page.goto(ownPage("/resultat"));
				const answered = await page.getByText(reason).count() > 0;
				if (answered) {
					await tabTo(page, "input[id^=felt-reaction-]");
					await page.keyboard.press("Space");
					await tabTo(page, "main form button");
					await page.keyboard.press("Enter");
					await page.locator(".alert-success").waitFor();
				}
				await close();
				const sound = await visit(browser, server.base);
				await soundVisit(sound.page, ownPage("/resultat"), "replies");
				await sound.close();
				assert.ok(answered, "Karen has an answer");
			});

		it("Mette opens the page for everybody, and her neighbour reads it",
			async () => {
				const { page } = mette;
				await page.goto(`${network}/beslutninger`);
				await page.getByRole("link", { name: "En side for alle" })
					.click();
				await page.getByLabel("Hvad handler det om?").fill(
					"Vi vil gøre aftenerne mindre ensomme.");
				await page.getByLabel("Åbn siden for alle").check();
				await page.getByLabel("Lad alle hente det som en fil").check();
				await button(page, "Gem").click();
				await page.getByText("Siden er åben").waitFor();
				await soundPage(page, "public-form");
				const open = await page.locator(".alert-success a")
					.getAttribute("href");
				const path = new URL(open).pathname;
				const plain = await visit(browser, server.base,
					{ javaScriptEnabled: false,
						viewport: { width: 320, height: 700 } });
				await plain.page.goto(server.base + path);
				await plain.page.getByText(reason).waitFor();
				await plain.close();
				const sound = await visit(browser, server.base);
				await soundVisit(sound.page, server.base + path, "public");
				const feed = await sound.page.request.get(
					`${server.base}${path}/nyt.atom`);
				assert.match(await feed.text(), /<entry>/);
				const data = await sound.page.request.get(
					await sound.page.getByRole("link", { name: "Hent data" })
						.getAttribute("href"));
				assert.equal(data.headers()["content-type"],
					"application/zip");
				assert.equal((await data.body()).toString("latin1", 0, 2),
					"PK");
				await sound.close();
			});
	});
}
