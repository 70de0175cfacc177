// SPDX-License-Identifier: MPL-2.0
// A corps against loneliness from idea to third week: Mette writes the task that
// carries a decision out, makes three weeks of shifts, and notes what Ib and Bo
// promised by phone; Karen promises on her own phone without a script, takes a
// shift, waits for another, and hands one over.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name });
const iso = (days) => new Date(Date.now() + days * 86400e3)
	.toISOString().slice(0, 10);

for (const database of databases) {
	describe(`a corps of volunteers on ${database}`, () => {
		let server, network, task, mette;
		const codes = [];
		before(async () => {
			server = await serve(database);
			mette = await visit(browser, server.base);
			await signIn(mette.page, freshLink(server, undefined));
			network = await demoNetwork(mette.page, server.base);
		});
		after(async () => { await mette?.close(); await server?.stop(); });
		const ownPage = () => server.base +
			new URL(server.links.citizen, server.base).pathname;

		// guide:S22
		it("Mette writes a task that carries a decision out", async () => {
			const { page } = mette;
			await soundVisit(page, `${network}/korps`, "corps");
			await page.getByRole("link", { name: "Skriv en opgave" }).click();
			await page.getByLabel("Opgaven på én linje").fill("Følgeven");
			await button(page, "Gem").click();
			await page.getByText("Skriv noget her.").first().waitFor();
			assert.equal(await page.getByLabel("Opgaven på én linje")
				.inputValue(), "Følgeven");
			await soundPage(page, "corps-refused");
			await page.getByLabel("Hvad man gør")
				.fill("Du går en tur med en, der er alene.");
			await page.getByLabel("Beslutningen eller ideen kort")
				.fill("Et korps mod ensomhed.");
			await page.getByLabel("Hvad det kræver").fill("Gode sko");
			await page.getByLabel("Hvem man ringer til").fill("Mette, 99");
			await button(page, "Gem").click();
			await page.waitForURL(/korps\/[0-9a-f-]+$/);
			task = page.url();
			await soundPage(page, "corps-task");
		});

		it("makes a shift a week for three weeks, in one form", async () => {
			const { page } = mette;
			await page.getByRole("link", { name: "Lav vagter" }).click();
			await page.getByLabel("Dag", { exact: true }).fill(iso(2));
			await page.getByLabel("Fra", { exact: true }).fill("14");
			await page.getByLabel("Til", { exact: true }).fill("15.30");
			await page.getByLabel("Hvor", { exact: true }).fill("Torvet");
			await page.getByLabel("Pladser").first().fill("2");
			await page.getByLabel("Hvor mange uger i træk").fill("3");
			await soundPage(page, "corps-shifts-new");
			await button(page, "Gem").click();
			await page.waitForURL(task);
			assert.equal(await page.getByText("0 af 2 pladser er taget")
				.count(), 3);
			await soundVisit(page, `${network}/vagter`, "corps-shifts");
		});

		// guide:S24: two who have only a phone
		it("notes what two promised by phone, and puts them on", async () => {
			const { page } = mette;
			for (const alias of ["Ib", "Bo"]) {
				await page.goto(`${network}/personer/ny`);
				await page.getByLabel("Alias").fill(alias);
				await page.getByLabel("Hvorfor").first()
					.fill("Vil gerne hjælpe");
				await button(page, "Gem").first().click();
				await page.waitForURL(/personer\/[0-9a-f-]+/);
				codes.push((await page.textContent("h1"))
					.match(/K-\d+/)[0]);
				await page.goto(task);
				await page.getByRole("link", { name: "Notér et løfte" })
					.click();
				await page.getByLabel("Hvem lover?")
					.selectOption({ label: `${codes.at(-1)} ${alias}` });
				await page.getByLabel("Hvad?").fill("Går med");
				await page.getByLabel("Hvor længe?").fill(iso(60));
				await page.getByLabel("Hvordan er det aftalt?")
					.selectOption("phone");
				await button(page, "Gem").click();
				await page.getByRole("heading", { name: "Løfter" })
					.waitFor();
			}
			await page.locator("#vagter ~ ul a").first().click();
			for (const code of codes) {
				await page.getByLabel("Sæt en på, med kode").fill(code);
				await button(page, "Sæt på vagten").click();
				await page.getByRole("link", { name: code }).waitFor();
			}
			await page.getByText("2 af 2 pladser er taget").waitFor();
			await soundPage(page, "corps-shift");
		});

		// guide:S23 guide:S24
		it("Karen joins on her phone, without a script", async () => {
			const karen = await visit(browser, server.base,
				{ javaScriptEnabled: false,
					viewport: { width: 320, height: 640 } });
			const { page } = karen;
			await page.goto(`${ownPage()}/korps`);
			await page.getByRole("heading", { name: "Ny her? Læs dette" })
				.waitFor();
			await page.getByRole("link",
				{ name: /Jeg vil gerne hjælpe\s*: Følgeven/ }).click();
			await page.getByLabel("Hvor mange timer?").fill("3");
			await page.getByLabel("Hvor længe?").fill(iso(30));
			await button(page, "Det lover jeg").click();
			await page.getByText("Tak. Det er noteret.").waitFor();
			await button(page, "Skriv mig på venteliste").first().click();
			await page.getByText("Alle pladser er taget. Du står på")
				.first().waitFor();
			await button(page, "Jeg kommer").first().click();
			await page.getByText("Du er på vagten.").waitFor();
			await karen.close();
		});

		it("she moves up by herself when Ib cannot come", async () => {
			const { page } = mette;
			await page.reload();
			await button(page, new RegExp(`Tag af vagten\\s*: ${codes[0]}`)).click();
			await page.getByText("rykkede op", { exact: false })
				.waitFor({ state: "attached" });
			await page.getByText("2 af 2 pladser er taget").waitFor();
		});

		it("Mette tells her, since she gets no mail, and says so", async () => {
			const { page } = mette;
			await soundVisit(page, `${network}/vagter`, "corps-tell");
			await page.getByRole("heading", { name: "Giv disse besked" })
				.waitFor();
			await page.getByText("Du er rykket op.").first().waitFor();
			await button(page, /^De har fået besked/).click();
			await page.waitForURL(/vagter#fortael$/);
			assert.equal(await page.getByRole("heading",
				{ name: "Giv disse besked" }).count(), 0);
		});

		it("and hands a shift over with the keyboard alone", async () => {
			const karen = await visit(browser, server.base);
			const { page } = karen;
			await soundVisit(page, `${ownPage()}/korps`, "corps-citizen");
			assert.equal(await page.getByText("Du er på", { exact: true })
				.count(), 2);
			assert.ok(await tabTo(page, "button[value=offer]"));
			await page.keyboard.press("Enter");
			await page.getByText("Du er på, til en tager den").waitFor();
			assert.ok(await tabTo(page, "button[value=leave]"));
			await page.keyboard.press("Enter");
			await page.getByText("Det er noteret. Tak").waitFor();
			await button(page, "Lav en adresse").click();
			await page.getByText("Din kalender har denne adresse").waitFor();
			await soundPage(page, "corps-citizen-feed");
			const feed = await page.locator("a[href*=vagtkalender]")
				.getAttribute("href");
			const got = await page.request.get(feed);
			assert.match(await got.text(), /BEGIN:VEVENT/);
			await karen.close();
		});

		it("a shift goes past midnight", async () => {
			const { page } = mette;
			await page.goto(task);
			await page.getByRole("link", { name: "Lav vagter" }).click();
			await page.getByLabel("Dag", { exact: true }).fill(iso(4));
			await page.getByLabel("Fra", { exact: true }).fill("22");
			await page.getByLabel("Til", { exact: true }).fill("21");
			await page.getByLabel("Hvor", { exact: true }).fill("Torvet");
			await button(page, "Gem").click();
			await page.getByText("en nat på mere end 16 timer").first()
				.waitFor();
			await page.getByLabel("Til", { exact: true }).fill("2");
			await button(page, "Gem").click();
			await page.waitForURL(task);
			await page.getByText("22:00–02:00 næste dag").first().waitFor();
			await soundVisit(page, `${network}/vagter`, "corps-night");
		});

		it("what a phone-only volunteer offers is noted for her", async () => {
			const { page } = mette;
			await page.goto(`${network}/korps`);
			await page.getByRole("link", { name: "Notér, hvad en tilbyder" })
				.click();
			await page.getByLabel("Hvem tilbyder det?").selectOption(
				{ label: `${codes[1]} Bo` });
			await page.getByLabel("Hvad de har, som må bruges")
				.fill("Gode sko og en hund");
			await soundPage(page, "corps-offer");
			await button(page, "Gem").click();
			await page.goto(task);
			await page.getByText("Gode sko og en hund").waitFor();
			await soundVisit(page, `${network}/vagter/udlaeg`,
				"corps-expenses");
		});

		it("the roster is on paper, without a number", async () => {
			const { page } = mette;
			const pdf = await page.request.get(`${network}/vagter/plan.pdf`);
			assert.equal(pdf.status(), 200);
			assert.equal((await pdf.body()).subarray(0, 4).toString(),
				"%PDF");
		});
	});
}
