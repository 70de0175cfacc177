// SPDX-License-Identifier: MPL-2.0
// Every page as it comes: valid HTML, WCAG 2.2 AA as far as a program can see,
// at 320 px and 1280 px, in dark, spaced out, by keyboard, on paper, in both
// languages.  Pictures of each are in build/screens/ to look at.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { demoNetwork, freshLink, htmlFaults, launch, reflowFaults, screenshot,
	serve, signIn, soundPage, soundVisit, visit, walkFaults } from "./helper.mjs";

let browser, server;
before(async () => {
	browser = await launch();
	server = await serve("sqlite");
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

async function signedIn(role = "leader", options = {}) {
	const seen = await visit(browser, server.base, options);
	await signIn(seen.page, role === "leader"
		? freshLink(server) : server.links[role]);
	seen.network = role === "admin"
		? "" : await demoNetwork(seen.page, server.base);
	return seen;
}

describe("every page is sound", () => {
	it("before anybody is signed in", async () => {
		const { page, close } = await visit(browser, server.base);
		await soundVisit(page, `${server.base}/log-ind`, "log-ind");
		await soundVisit(page, freshLink(server), "log-ind-link");
		await soundVisit(page, `${server.base}/was`, "was");
		await soundVisit(page, `${server.base}/ordliste`, "ordliste");
		await soundVisit(page, `${server.base}/findes-ikke`, "404", 404);
		await close();
	});

	it("of oneself", async () => {
		const { page, close } = await signedIn();
		for (const path of ["/", "/konto", "/netvaerk/nyt"])
			await soundVisit(page, server.base + path,
				`leder${path.replace(/\W+/g, "-")}`);
		await close();
	});

	it("of a network", async () => {
		const { page, network, close } = await signedIn();
		for (const path of ["", "/plan", "/mennesker", "/faser", "/opgaver",
			"/historik", "/indsats"])
			await soundVisit(page, network + path, `netvaerk${path.replace("/", "-")}`);
		await close();
	});

	it("with a form open, and with its faults", async () => {
		const { page, network, close } = await signedIn("codriver");
		for (const part of ["formaal", "loefte", "aktoer", "rollegitter"]) {
			await page.goto(`${network}/plan`);
			const link = page.locator(`#${part} [data-edit-link]`).first();
			const address = new URL(await link.getAttribute("href"), page.url());
			await soundVisit(page, address.href, `ret-${part}`);
		}
		await page.goto(`${network}/plan?ny=aktoer`);
		await page.locator("form[data-edit]").evaluate((form) => {
			delete form.dataset.edit; // posted by the browser itself
		});
		await page.locator(".edit-form button[type=submit]").click();
		await page.getByRole("alert").waitFor();
		await soundPage(page, "ret-fejl");
		await close();
	});

	it("of a part's history", async () => {
		const { page, network, close } = await signedIn();
		await page.goto(`${network}/plan`);
		const links = await page.locator("a[href*='/historik/']").evaluateAll(
			(all) => all.map((a) => a.href));
		await soundVisit(page, links[0], "historik-en");
		await close();
	});

	it("of the administrator", async () => {
		const { page, close } = await signedIn("admin");
		await soundVisit(page, `${server.base}/admin/brugere`, "brugere");
		const one = await page.locator("main td a").first().getAttribute("href");
		await soundVisit(page, server.base + one, "bruger");
		await soundVisit(page, `${server.base}/admin/post`, "post");
		await close();
	});
});

it("speaks English when asked, in valid HTML", async () => {
	const { page, network, close } = await signedIn();
	await page.getByRole("button", { name: "English" }).click();
	await page.waitForSelector("html[lang=en]");
	for (const address of [server.base, `${network}/plan`, network]) {
		const response = await page.goto(address);
		assert.deepEqual(await htmlFaults(await response.text()), [], address);
	}
	await page.getByRole("button", { name: "Dansk" }).click();
	await page.waitForSelector("html[lang=da]");
	await close();
});

it("shows the keyboard where it is, all the way through", async () => {
	const { page, network, close } = await signedIn("leader",
		{ reducedMotion: "reduce" });
	for (const address of [server.base, `${network}/plan?ret=loefte.` +
		network.split("/").pop()]) {
		await page.goto(address);
		const { stops, faults } = await walkFaults(page);
		assert.deepEqual(faults, [], address);
		assert.ok(stops > 8, `${stops} stops`);
	}
	await page.goto(server.base);
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter"); // the skip link comes first
	assert.equal(await page.evaluate(() => document.activeElement.id), "indhold");
	await close();
});

it("keeps its shape in forced colours, and moves nothing", async () => {
	const { page, network, close } = await signedIn("leader",
		{ forcedColors: "active", reducedMotion: "reduce" });
	await page.goto(`${network}/plan?ny=aktoer`);
	await screenshot(page, "plan-forced");
	const told = await page.evaluate(() => ({
		button: getComputedStyle(document.querySelector(".button-primary"))
			.borderTopStyle,
		moves: document.getAnimations().length,
		transition: getComputedStyle(document.querySelector(".skipnav"))
			.transitionDuration,
	}));
	assert.deepEqual(told, { button: "solid", moves: 0, transition: "0s" });
	await close();
});

it("prints the plan without what is only for the screen", async () => {
	const { page, network, close } = await signedIn();
	await page.setViewportSize({ width: 680, height: 960 }); // A4 less margins
	await page.emulateMedia({ media: "print" });
	await page.goto(`${network}/plan`);
	assert.deepEqual(await reflowFaults(page), []);
	for (const gone of [".site-header", ".site-footer", ".plan-contents",
		".button-group", ".cell-link"])
		assert.equal(await page.locator(gone).first().isVisible(), false, gone);
	assert.equal(await page.locator("table.role-grid thead").isVisible(), true);
	await screenshot(page, "plan-print");
	await close();
});
