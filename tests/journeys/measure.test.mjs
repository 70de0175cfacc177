// SPDX-License-Identifier: MPL-2.0
// Before and after: Mette takes questions from the bank and opens a round,
// Karen answers on her phone without a script, others on paper read by two who
// differ once; one answer more and less decides whether numbers are shown; and
// how it was to take part is asked when an activity is held.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	soundVisit, tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const phone = { javaScriptEnabled: false,
	viewport: { width: 320, height: 700 } };

// Plans one, chooses two questions and opens the first round; its address.
async function opened(page, network, title) {
	await page.goto(`${network}/maalinger?ny=maaling`);
	const form = page.locator("form.edit-form");
	await form.locator("[name=title]").fill(title);
	await form.locator("[name=purpose]").fill(
		"Vi laver noget om. Vi vil vide, om det hjælper.");
	await form.locator("[name=design]").selectOption("before_after");
	await form.locator("[name=door]").selectOption("link");
	await form.locator("[name=words]").selectOption("yes");
	await button(form, "Gem").click();
	await page.locator("#maalinger a", { hasText: title }).click();
	await page.getByText("Vælg et spørgsmål først.").waitFor();
	await page.getByLabel("Jeg bliver mødt med respekt.").check();
	await page.getByLabel("Jeg får besked i tide.").check();
	await button(page, "Tilføj spørgsmålene").click();
	await page.locator(".round-options li").nth(1).waitFor();
	assert.equal(await page.getByLabel("Jeg får besked i tide.").count(), 0);
	return page.url();
}

for (const database of databases) {
	describe(`before and after on ${database}`, () => {
		let server, network, few, enough, mette, ali;
		before(async () => {
			server = await serve(database);
			mette = await visit(browser, server.base);
			await signIn(mette.page, server.links.leader);
			network = await demoNetwork(mette.page, server.base);
			ali = await visit(browser, server.base);
			await signIn(ali.page, server.links.participant);
		});
		after(async () => {
			await mette?.close();
			await ali?.close();
			await server?.stop();
		});
		const ownPage = () => server.base +
			new URL(server.links.citizen, server.base).pathname;
		// Both read the same.
		const readTwice = async (measure, rows) => {
			for (const { page } of [mette, ali]) {
				await page.goto(`${measure}/papir`);
				await page.getByLabel("Et skema på hver linje")
					.fill(rows.join("\n"));
				await button(page, "Gem det, jeg læste").click();
				await page.getByText("Det kom der ud af linjerne")
					.waitFor();
			}
		};
		const turn = async (measure, name) => {
			await mette.page.goto(measure);
			await button(mette.page, name).click();
			await mette.page.waitForLoadState();
		};

		// guide:S29
		it("is planned with questions of the bank, and opened", async () => {
			const { page } = mette;
			await soundVisit(page, `${network}/maalinger`, "measures");
			few = await opened(page, network, "Hjælp om aftenen");
			await soundPage(page, "measure-draft");
			await turn(few, "Åbn: Før");
			await page.getByRole("heading", { name: "Den åbne adresse" })
				.waitFor();
			await soundVisit(page, few, "measure-open");
		});

		it("is printed, with the day until when it asks", async () => {
			const { page } = mette;
			const pdf = await page.request.get(`${few}/skema.pdf`);
			assert.equal(pdf.status(), 200);
			assert.match((await pdf.body()).toString("latin1"), /^%PDF-/);
			await page.goto(few);
			await page.fill("#felt-ends", "2020-01-01");
			await button(page, "Gem dagen").click();
			await page.getByText("Vælg en dag fra i dag").first().waitFor();
			await soundPage(page, "measure-ends");
			await page.fill("#felt-ends", new Date(Date.now() + 20 * 864e5)
				.toISOString().slice(0, 10));
			await button(page, "Gem dagen").click();
			await page.getByText("Vælg en dag fra i dag").first()
				.waitFor({ state: "detached" });
		});

		it("who wants no mail is called", async () => {
			const { page } = mette;
			await page.goto(few);
			await page.getByText("Ring til dem, der ikke vil have mail").click();
			await page.getByLabel("Hvorfor åbner du telefonnumrene?")
				.fill("De skal mindes om at svare.");
			await button(page, "Vis ringelisten").click();
			await page.getByRole("heading", { name: "Ringeliste" })
				.waitFor();
			await soundPage(page, "measure-phones");
		});

		it("Karen answers on her phone, without scripts, by keyboard",
			async () => {
				const { page, close } =
					await visit(browser, server.base, phone);
				await page.goto(ownPage());
				await page.getByRole("link", { name: "Hjælp om aftenen" })
					.click();
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.getByText("Svar på et af spørgsmålene")
					.first().waitFor();
				await tabTo(page, "#felt-n1-0");
				await page.keyboard.press("Space");
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.getByText("Tak. Vi har dine svar.").waitFor();
				assert.ok(await page.locator("#felt-n1-0").isChecked());
				await close();
				const sound = await visit(browser, server.base);
				await sound.page.goto(ownPage());
				await sound.page.getByRole("link",
					{ name: "Hjælp om aftenen" }).click();
				await soundVisit(sound.page, sound.page.url(),
					"citizen-measure");
				await sound.close();
			});

		it("by the open address, with a code that somebody has", async () => {
			const { page, close } = await visit(browser, server.base);
			const address = `${server.base}/maaling/${few.split("/").pop()}`;
			const send = async () => {
				await page.getByLabel("Din kode").fill("rød cykel");
				await page.locator("#felt-n1-3").check();
				await button(page, "Send mine svar").click();
			};
			await soundVisit(page, address, "measure-address");
			await send();
			await page.getByText("Din kode er: rød cykel.").waitFor();
			await soundPage(page, "measure-address-thanks");
			await page.goto(address);
			await send();
			await page.getByText("Er det dig?").first().waitFor();
			await soundPage(page, "measure-address-again");
			await page.getByLabel("Det er mig.").check();
			await button(page, "Send mine svar").click();
			await page.getByText("Din kode er: rød cykel.").waitFor();
			await close();
		});

		it("two read the paper, differ once, and settle it", async () => {
			const rows = (mark) => `ark 1; 2 3\nark 2; 1 ${mark}; Der er kø.`;
			for (const [{ page }, mark] of [[mette, "x"], [ali, "4"]]) {
				await page.goto(`${few}/papir`);
				await page.getByLabel("Et skema på hver linje")
					.fill(rows(mark));
				await button(page, "Gem det, jeg læste").click();
				await page.getByText("Det kom der ud af linjerne")
					.waitFor();
			}
			await soundPage(ali.page, "measure-paper");
			await mette.page.goto(`${few}/papir`);
			await soundPage(mette.page, "measure-settle");
			await mette.page.getByRole("button", { name: /^1 4/ }).click();
			await mette.page.getByRole("heading", { name: "De er uenige" })
				.waitFor({ state: "detached" });
		});

		it("few are not shown", async () => {
			const { page } = mette;
			await turn(few, "Luk runden");
			await page.getByText("Før: 4 har svaret").waitFor();
			await turn(few, "Åbn: Efter");
			await readTwice(few, ["ark 1; 4 4", "ark 2; 4 4"]);
			await turn(few, "Luk runden");
			await page.getByRole("link", { name: "Se resultatet" }).click();
			await page.getByText("Færre end 5").first().waitFor();
			assert.equal(await page.locator("main table, main img").count(), 0);
			await soundVisit(page, page.url(), "measure-few");
		});

		it("enough are, in sentences and in a picture", async () => {
			const { page } = mette;
			const sheets = (first, second) => Array.from({ length: 12 },
				(_, i) => `ark ${i}; ${first + i % 2} ${second + i % 3}`);
			enough = await opened(page, network, "Hjælp om natten");
			await turn(enough, "Åbn: Før");
			await readTwice(enough, sheets(2, 2));
			await turn(enough, "Luk runden");
			await turn(enough, "Åbn: Efter");
			await readTwice(enough, sheets(3, 3).reverse()
				.map((row, i) => i ? row : "ark 11; 2 2; Kortere kø."));
			await turn(enough, "Luk runden");
			await page.getByRole("link", { name: "Se resultatet" }).click();
			await page.getByText("12 af 12 svarede begge gange").first()
				.waitFor();
			// One of the two is shown, and not smaller than it was drawn.
			const drawn = async (width) => {
				await page.setViewportSize({ width, height: 800 });
				await page.locator("main img:visible")
					.scrollIntoViewIfNeeded();
				await page.waitForFunction(() =>
					[...document.querySelectorAll("main img")]
						.filter((e) => e.checkVisibility())
						.every((e) => e.complete && e.naturalWidth > 0));
				return page.locator("main img:visible").evaluate((e) =>
					[e.naturalWidth, e.clientWidth]);
			};
			const [wide] = await drawn(1280);
			const [narrow, shown] = await drawn(320);
			assert.ok(narrow < wide && shown >= 0.95 * narrow,
				`${wide}, ${narrow} drawn and ${shown} shown`);
			await drawn(1280);
			await soundVisit(page, page.url(), "measure-result");
			const csv = await page.request.get(`${enough}/svar.csv`);
			assert.equal(csv.status(), 200);
			assert.doesNotMatch(await csv.text(), /ark \d/);
		});

		it("goes out and in again: the form, then the answers", async () => {
			const { page } = mette;
			const text = async (name) =>
				(await page.request.get(`${enough}/${name}`)).text();
			const form = await text("surveyjs.json");
			const table = await text("svar.csv");
			assert.equal(JSON.parse(form).pages[0].elements.length, 4);
			const copy = await opened(page, network, "Hjælp om morgenen");
			await page.getByRole("link", { name: "Hent fra en fil" })
				.click();
			await soundVisit(page, page.url(), "measure-in");
			await page.getByLabel("Eller sæt skemaet ind her").fill(form
				.replace('"pages":', '"elements":[{"type":"boolean",' +
					'"name":"Har du en bil?"}],"pages":'));
			await button(page, "Hent spørgsmålene").click();
			await page.getByText("Har du en bil?: det er ikke et spørgsmål")
				.waitFor();
			await page.getByLabel("Eller sæt tabellen ind her")
				.fill(table.replace(/;\d\r?\n/, ";9\n"));
			await button(page, "Hent svarene").click();
			await page.getByText("Linje 2, tegn").waitFor();
			await soundPage(page, "measure-in-fault");
			await page.locator("#tabel").setInputFiles({ name: "svar.csv",
				mimeType: "text/csv", buffer: Buffer.from(table) });
			await button(page, "Hent svarene").click();
			await page.waitForURL(copy);
			await page.getByRole("link", { name: "Se resultatet" }).click();
			await page.getByText("12 af 12 svarede begge gange").first()
				.waitFor();
		});

		it("how it was to take part is asked when it is held", async () => {
			const karen = await visit(browser, server.base, phone);
			await karen.page.goto(ownPage());
			await karen.page.locator("#felt-answer-0").check();
			await karen.page.locator("main form button").first().click();
			await karen.page.waitForURL(/tak=1/);
			const { page } = mette;
			await page.goto(`${network}/aktiviteter`);
			await page.getByRole("link", { name: /Kaffe hos dem/ }).first()
				.click();
			const held = page.url();
			await page.goto(
				`${held}?ret=aktivitet.${held.match(/[0-9a-f-]{36}$/)[0]}`);
			await page.fill("#felt-day",
				new Date().toISOString().slice(0, 10));
			await button(page, "Gem").click();
			await page.locator("#form-aktivitet")
				.waitFor({ state: "detached" });
			await turn(held, "Den er holdt");
			await karen.page.goto(ownPage());
			await karen.page.getByRole("link",
				{ name: "Hvordan var det at være med?" }).click();
			await tabTo(karen.page, "#felt-e1-0");
			await karen.page.keyboard.press("Space");
			await tabTo(karen.page, "main form button");
			await karen.page.keyboard.press("Enter");
			await karen.page.getByText("Tak. Vi har dine svar.").waitFor();
			const own = karen.page.url();
			await karen.close();
			const sound = await visit(browser, server.base);
			await soundVisit(sound.page, own, "citizen-experience");
			await button(sound.page, "Tag mine svar tilbage").click();
			await sound.page.getByText("Dine svar er væk.").waitFor();
			await soundPage(sound.page, "citizen-experience-gone");
			await sound.page.locator("#felt-e1-0").check();
			await button(sound.page, "Send mine svar").click();
			await sound.page.getByText("Tak. Vi har dine svar.").waitFor();
			await sound.close();
		});

		it("and its means are hidden until enough have answered",
			async () => {
				const { page } = mette;
				await page.goto(`${network}/oplevelse`);
				await page.getByText("skjult", { exact: true }).first()
					.waitFor();
				await page.getByLabel("Aktivitet", { exact: true })
					.selectOption(await page.locator("#felt-activity option",
						{ hasText: /Kaffe hos dem/ }).first()
						.getAttribute("value"));
				await page.getByLabel("Et ark på hver linje").fill(
					"1; 4 5 4 3\n2; 4 4 x 3\n3; 5 4 4 -\n4; 5 5 5 4");
				await button(page, "Gem det, jeg læste").click();
				await page.waitForURL(/besked=gemt/);
				await page.getByText("3,8", { exact: true }).waitFor();
				await soundVisit(page, `${network}/oplevelse`, "experience");
			});
	});
}
