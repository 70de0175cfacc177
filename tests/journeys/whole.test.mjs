// SPDX-License-Identifier: MPL-2.0
// One citizen's whole way, from the first letter to the last answer: Inger, 71,
// gets a letter, says yes and tells something on the page of her code, hears by
// letter what it led to, answers back, finds it on the page for everybody, and
// takes her words back.  She uses a narrow screen, no script and no account.
// guide:S3 guide:S10 guide:S43 guide:S47 guide:S54 guide:S55
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, signIn, soundVisit,
	tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const title = "Én fast kontakt om aftenen";
const words = "Jeg ringer ikke om natten, for jeg vil ikke vække nogen.";
const reason = "I fortalte, at I ikke ringer om aftenen. Nu får I én at ringe til.";
const grade = "Det var det, du sagde, der gjorde udslaget.";
const small = { javaScriptEnabled: false,
	viewport: { width: 320, height: 700 } };

const textOf = (bytes) => {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), "brev-"));
	fs.writeFileSync(path.join(dir, "brev.pdf"), bytes);
	const text = execFileSync("pdftotext",
		["-layout", path.join(dir, "brev.pdf"), "-"], { encoding: "utf8" });
	fs.rmSync(dir, { recursive: true });
	return text;
};
const codeIn = (text) => text.match(/[0-9A-Z]{4}(-[0-9A-Z]{4})+(-[0-9A-Z]+)?/)[0];
const fetched = async (page, base, link) => {
	const file = await page.request.get(new URL(
		await link.getAttribute("href"), base).href);
	assert.equal(file.status(), 200);
	return textOf(await file.body());
};

for (const database of databases) {
	describe(`from the first letter to the last answer on ${database}`, () => {
		let server, mette, network, activity, code, decision, open;
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
		const asInger = async (rest, deed) => {
			const { page, close } = await visit(browser, server.base, small);
			await page.goto(`${server.base}/c/${code}${rest}`);
			await deed(page);
			await close();
		};

		it("Mette writes a letter to Inger", async () => {
			const { page } = mette;
			await page.goto(`${network}/personer/ny`);
			await page.fill("#felt-reason", "Passer sin mand derhjemme.");
			await page.fill("#felt-alias", "Inger");
			await page.locator("#felt-group").selectOption({ index: 1 });
			await page.locator("#felt-age").selectOption("67-79");
			await page.locator("#felt-channel").selectOption("letter");
			await button(page, "Gem").click();
			await page.waitForURL(/personer\/[0-9a-f-]{36}\?besked=gemt/);
			await page.goto(`${network}/aktiviteter`);
			await page.getByRole("link", { name: /Kaffe hos dem/ }).first()
				.click();
			activity = page.url();
			await page.goto(`${activity}/invitation`);
			for (const box of
				await page.locator("input[name=person]:checked").all())
				await box.uncheck();
			await page.getByLabel(/Inger/).check();
			await button(page, "Lav invitationerne").click();
			await page.waitForURL(/lavet=/);
			const letter = await fetched(page, server.base,
				page.getByRole("link", { name: "Hent dem" }));
			assert.match(letter, /Inger/);
			code = codeIn(letter);
		});

		it("Inger says yes, and tells something", async () => {
			await asInger("", async (page) => {
				await tabTo(page, "#felt-answer-0");
				await page.keyboard.press("Space");
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.waitForURL(/tak=1/);
			});
			await asInger("/ord", async (page) => {
				await page.locator("main textarea").first().fill(words);
				await page.locator("main input[name=scope]").last().check();
				await button(page, "Send det").click();
				await page.getByText(words).first().waitFor();
			});
		});

		it("Mette holds the activity, and Inger's words bear on an insight",
			async () => {
				const { page } = mette;
				const id = activity.match(/[0-9a-f-]{36}$/)[0];
				await page.goto(`${activity}?ret=aktivitet.${id}`);
				await page.fill("#felt-day",
					new Date().toISOString().slice(0, 10));
				await button(page, "Gem").click();
				await page.locator("#form-aktivitet")
					.waitFor({ state: "detached" });
				await page.goto(activity);
				await button(page, "Den er holdt").click();
				await page.waitForURL(/besked=gemt/);
				await page.goto(`${network}/stemmer`);
				await page.getByRole("link", { name: words }).first().click();
				await button(page, "Jeg har set det igennem").click();
				await page.getByText(words).first().waitFor();
				await button(page, "Det må bruges").click();
				await page.getByText(words).first().waitFor();
				await button(page, "Taler for den").click();
				await page.getByText(words).first().waitFor();
			});

		it("it is decided, and every voice gets a grade", async () => {
			const { page } = mette;
			await page.goto(`${network}/beslutninger`);
			await page.locator("#beslutninger").getByRole("link",
				{ name: title, exact: true }).click();
			decision = page.url();
			const lis = await visit(browser, server.base);
			await signIn(lis.page, server.links.codriver);
			await lis.page.goto(`${decision}#afgoer`);
			await lis.page.locator("#felt-outcome-0").check();
			await lis.page.getByLabel("Hvilken dag?").fill("2026-11-24");
			await lis.page.getByLabel("Hvorfor? Alle").fill(reason);
			await lis.page.getByLabel("Hvad sker der nu?")
				.fill("Vi begynder i februar.");
			await button(lis.page, "Gem det, der blev besluttet").click();
			await lis.page.getByText(reason).first().waitFor();
			await lis.close();
			await page.goto(decision);
			const voices = page.locator("form", { hasText: "Hvilke stemmer?" });
			await voices.getByLabel(new RegExp(words.slice(0, 20))).check();
			await voices.getByLabel("Ændrede beslutningen").check();
			await voices.getByLabel("I én sætning").fill(grade);
			await button(page, "Knyt de valgte til").click();
			await page.getByText(grade).first().waitFor();
			const rest = page.locator("form", { hasText: "Hvilke stemmer?" });
			if (await rest.count() > 0) {
				for (const box of await rest.getByRole("checkbox").all())
					await box.check();
				await rest.getByLabel("Hørt, men ikke fulgt").check();
				await rest.getByLabel("I én sætning")
					.fill("Det kan vi ikke nå nu.");
				await button(page, "Knyt de valgte til").click();
				await page.getByText("Det kan vi ikke nå nu.").first().waitFor();
			}
		});

		it("Inger gets her answer by letter", async () => {
			const { page } = mette;
			await page.goto(`${decision}/svar`);
			const hers = page.locator("form", { hasText: /Inger/ })
				.filter({ has: page.getByRole("button",
					{ name: /^Lav breve/ }) });
			await hers.getByRole("button", { name: /^Lav breve/ }).click();
			const letter = await fetched(page, server.base,
				page.getByRole("link", { name: "Hent dem" }));
			assert.match(letter, /Du har fortalt os noget/);
			assert.match(letter.replace(/\s+/g, " "),
				new RegExp(grade.replaceAll(".", "\\.")));
			code = codeIn(letter);
			for (let left = 20; left > 0; left--) {
				const told = page.getByRole("button", { name: /^Brev/ });
				if (await told.count() === 0)
					break;
				await told.first().click();
				await page.locator(".alert-success").first().waitFor();
			}
			await page.getByText("Ingen venter.").waitFor();
			await page.goto(decision);
			await button(page, "Alle har fået svar").click();
			await page.getByRole("heading", { name: "Følg op" }).waitFor();
		});

		it("she reads it with the code of the letter, and answers back",
			async () => {
				await asInger("/resultat", async (page) => {
					await page.getByText(grade).waitFor();
					await page.getByText(words).first().waitFor();
					await tabTo(page, "input[id^=felt-reaction-]");
					await page.keyboard.press("Space");
					await tabTo(page, "main form button");
					await page.keyboard.press("Enter");
					await page.locator(".alert-success").waitFor();
				});
				await mette.page.goto(`${decision}/svar`);
				await mette.page.getByText("Inger").last().waitFor();
				await mette.page.locator("#reaktioner").waitFor();
			});

		it("a story with her words and the decision are for everybody",
			async () => {
				const { page } = mette;
				await page.goto(`${network}/fortaellinger`);
				await page.getByRole("link", { name: "Begynd en fortælling" })
					.click();
				await page.fill("#felt-title", "Om natten");
				await page.locator("#felt-readers").selectOption("3");
				await page.locator("#felt-page").selectOption("yes");
				await button(page, "Gem").click();
				await page.getByRole("link", { name: "Om natten", exact: true }).click();
				await page.locator("#stemme").selectOption({ label: words });
				await button(page, "Sæt dem ind").click();
				await page.getByText(words).first().waitFor();
				await page.goto(`${network}/offentlig`);
				await page.getByLabel("Hvad handler det om?")
					.fill("Vi vil gøre aftenerne mindre ensomme.");
				await page.getByLabel("Åbn siden for alle").check();
				await button(page, "Gem").click();
				open = server.base + new URL(await page
					.locator(".alert-success a").getAttribute("href")).pathname;
				const plain = await visit(browser, server.base, small);
				await plain.page.goto(open);
				await plain.page.getByText(reason).waitFor();
				await plain.page.getByText(words).waitFor();
				await plain.close();
				const sound = await visit(browser, server.base);
				await soundVisit(sound.page, open, "public-story");
				await sound.close();
			});

		it("she takes her words back, and they are gone everywhere at once",
			async () => {
				const places = [open, `${network}/stemmer`,
					`${decision}/oplaeg`, `${decision}/svar`,
					`${network}/fortaellinger`, `${network}/spor`,
					`${network}/indsigter`];
				const { page } = mette;
				for (const place of places.slice(0, 2)) {
					await page.goto(place);
					await page.getByText(words).first().waitFor();
				}
				await asInger("/ord", async (page) => {
					await page.getByText(words).first().waitFor();
					await page.getByRole("link", { name: /^Ret det, eller træk/ })
						.first().click();
					await button(page, "Træk det tilbage").click();
					await page.getByText("Det er væk.").waitFor();
				});
				for (const place of places) {
					await page.goto(place);
					assert.equal(await page.getByText(words).count(), 0, place);
				}
				await asInger("/resultat", async (page) => {
					assert.equal(await page.getByText(words).count(), 0);
					await page.getByText(reason).waitFor(); // what we told stays
				});
			});
	});
}
