// SPDX-License-Identifier: MPL-2.0
// A trial that adjusts an idea: Mette sets goals and begins, Karen tries it and
// says so on her phone without a script, another one answers by telephone; the
// idea changes for what was said, is judged, and Karen reads what came of it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, launch, serve, signIn, soundPage, soundVisit,
	tabTo, visit } from "./helper.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const title = "Aftenlinjen i fire uger";
const paper = "Skriv nummeret på et kort til køleskabet.";
const words = "Ring til os kl. 20. Så er han i seng.";

for (const database of databases) {
	describe(`a trial on ${database}`, () => {
		let server, network, trial, mette;
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
		const ownPage = () => server.base +
			new URL(server.links.citizen, server.base).pathname;

		it("is planned, and begins when the idea is concrete", async () => {
			const { page } = mette;
			await soundVisit(page, `${network}/proever`, "trials");
			await page.goto(`${network}/ideer`);
			await page.getByRole("link", { name: "Prøvehandlinger" }).click();
			await page.locator("#proever").getByRole("link",
				{ name: title, exact: true }).click();
			trial = page.url();
			await page.getByLabel("Flere mål, ét på hver linje").fill(
				"Jeg er mindre alene med det.");
			await button(page, "Tilføj målene").click();
			await page.getByText("Jeg er mindre alene med det.").first()
				.waitFor();
			await soundPage(page, "trial-start");
			await button(page, "Begynd prøven").click();
			await page.getByText("Idéen er ikke konkret endnu.").waitFor();
			await page.getByRole("link", { name: "Én aftenlinje" }).click();
			await button(page, "Den er konkret").click();
			await page.getByText("Konkret", { exact: true }).first().waitFor();
			await page.goto(trial);
			await button(page, "Begynd prøven").click();
			await page.getByRole("heading",
				{ name: "Det siger de, der prøver den" }).waitFor();
			await soundPage(page, "trial-test");
		});

		it("Karen answers on her phone, without scripts, by keyboard",
			async () => {
				const { page, close } = await visit(browser, server.base,
					{ javaScriptEnabled: false,
						viewport: { width: 320, height: 700 } });
				await page.goto(ownPage());
				await page.getByRole("link", { name: title }).click();
				await tabTo(page, "#felt-m-1-0");
				await page.keyboard.press("Space");
				await page.getByLabel("Hvad er godt?").fill(words);
				await tabTo(page, "main form button");
				await page.keyboard.press("Enter");
				await page.getByText("Vælg, hvem der må læse det.").first()
					.waitFor();
				assert.ok(await page.locator("#felt-m-1-0").isChecked());
				await page.locator("#felt-scope-1").check();
				await button(page, "Send det").click();
				await page.locator(".alert-success").waitFor();
				await close();
				const sound = await visit(browser, server.base);
				await sound.page.goto(ownPage());
				await sound.page.getByRole("link", { name: title }).click();
				await soundPage(sound.page, "citizen-trial");
				await sound.close();
			});

		it("an answer by telephone is noted; few are not shown", async () => {
			const { page } = mette;
			await page.goto(trial);
			await page.getByText(words).first().waitFor();
			await page.getByText("Skriv ned, hvad en svarer").click();
			await page.getByLabel("Hvem svarer").selectOption({ index: 0 });
			await page.locator("#felt-m-1").getByLabel("Nej").check();
			await button(page, "Gem svarene").click();
			await page.getByText("tallene er skjult").first().waitFor();
			assert.doesNotMatch(await page.locator("main").innerText(),
				/Ja: [1-4]\b/);
		});

		it("a form on paper is printed, and typed in at one place", async () => {
			const { page } = mette;
			await page.goto(trial);
			const href = await page.getByRole("link",
				{ name: "Udskriv skemaet" }).getAttribute("href");
			const pdf = await page.request.get(
				new URL(href, server.base).href);
			assert.equal((await pdf.body()).subarray(0, 4).toString(),
				"%PDF");
			await page.goto(`${trial.split("?")[0]}?vej=papir`);
			const form = page.locator("#noter form");
			await form.getByLabel("Hvem svarer").selectOption({ index: 0 });
			await form.locator("#felt-m-2").getByLabel("Ja", { exact: true })
				.check();
			await form.getByLabel("Hvad de siger, ord for ord")
				.fill(paper);
			await soundPage(page, "trial-paper");
			await form.getByRole("button").click();
			await page.getByText("Vælg, hvem der må læse det.").first()
				.waitFor();
			assert.equal(await form.getByLabel("Hvad de siger, ord for ord")
				.inputValue(), paper);
			await form.locator("#felt-scope-1").check();
			await form.getByRole("button").click();
			await page.getByRole("link", { name: paper }).waitFor();
		});

		it("what was said changes the idea, and it is decided", async () => {
			const { page } = mette;
			await page.goto(trial);
			await button(page, "Gå videre til analysen").click();
			await page.getByText("Hvad bygger I det på?").first().waitFor();
			await soundPage(page, "trial-analysis");
			for (const n of [1, 2, 3]) {
				await page.locator(`#ud-${n}-1`).check();
				await page.locator(`#hvorfor-${n}`).fill(
					"De fleste siger det.");
				await page.locator("#maal form").nth(n - 1)
					.getByRole("button").click();
				await page.waitForURL(/besked=gemt/);
				await page.goto(trial);
			}
			const decide = async () => {
				await page.getByLabel("Den går i drift").check();
				await page.getByLabel("Hvorfor? De, der").fill(
					"Den virker. Vi ringer nu kl. 20.");
				await button(page, "Afgør det").click();
			};
			await decide();
			await page.getByText("(R14)").first().waitFor();
			await page.getByRole("link", { name: "Én aftenlinje" }).click();
			await page.locator("main a[data-edit-link]").first().click();
			await page.locator("textarea[name=what]").fill(
				"Vi ringer til jer klokken 20.");
			await button(page, "Gem").click();
			await page.getByText("Vi ringer til jer klokken 20.").first()
				.waitFor();
			await page.goto(trial);
			for (const said of ["Ring til os", "Skriv nummeret"]) {
				await page.getByRole("button", { name: new RegExp(
					`^Idéen bygger på det nu\\s*: ${said}`) }).click();
				await page.waitForURL(/besked=gemt/);
				await page.goto(trial);
			}
			await page.getByText(/Udgave \d+ af idéen bygger på det/)
				.nth(1).waitFor();
			await decide();
			await page.getByText("Vi ringer nu kl. 20.").first().waitFor();
			await soundPage(page, "trial-next");
		});

		it("Karen reads what came of it", async () => {
			const { page, close } = await visit(browser, server.base);
			await page.goto(ownPage());
			await page.getByRole("link", { name: title }).click();
			await page.getByText("Den går i drift").waitFor();
			await page.getByText("Det ændrede idéen.").nth(1).waitFor();
			await soundPage(page, "citizen-trial-done");
			await close();
		});
	});
}
