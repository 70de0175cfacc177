// SPDX-License-Identifier: MPL-2.0
// A recording from the telephone to the ear: sent over a line that breaks,
// heard by the one who speaks before anybody else, played with captions by the
// keyboard, and stopped the next day.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { databases, demoNetwork, freshLink, launch, serve, signIn, soundPage,
	tabTo, visit } from "./helper.mjs";

let browser, dir, film, sound;
before(async () => {
	browser = await launch();
	dir = fs.mkdtempSync(path.join(os.tmpdir(), "klip-"));
	fs.chmodSync(dir, 0o755); // the browser is another user
	film = path.join(dir, "-Jonas film.mp4");
	sound = path.join(dir, "Jonas.m4a");
	const make = (...words) => execFileSync("ffmpeg",
		["-nostdin", "-v", "error", ...words]);
	const tone = ["-f", "lavfi", "-i", "sine=frequency=330:duration=12"];
	make("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=10:duration=12",
		...tone, "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-b:v", "2500k",
		"-metadata", "location=+55.1234+012.5678/", film);
	make(...tone, sound);
});
after(async () => {
	await browser?.close();
	fs.rmSync(dir, { recursive: true, force: true });
});

const button = (page, name) => page.getByRole("button", { name });

// Sends it and waits until the page has come again by itself.
async function send(page, file) {
	await page.setInputFiles("#medie", file);
	const again = page.waitForEvent("load", { timeout: 60_000 });
	await button(page, "Send det ind").click();
	await again;
}

// The line is cut at the fourth piece, and the page is left at the eighth: the
// lost one is sent once more, and after that only what is not there yet.
async function sendOverAWeakLine(page, file) {
	const pieces = Math.ceil(fs.statSync(file).size / (256 * 1024));
	let sent = 0, left = false;
	await page.route("**/stykke", async (route) => {
		left ||= ++sent === 8;
		await (left || sent === 4
			? route.abort("connectionfailed") : route.continue());
	});
	page.on("dialog", (dialog) => dialog.accept());
	await page.setInputFiles("#medie", file);
	await button(page, "Send det ind").click();
	await page.waitForFunction(() => /Nettet er væk/.test(
		document.querySelector("[data-progress]").textContent));
	await page.waitForFunction(() => /Sendt: [1-9]/.test(
		document.querySelector("[data-progress]").textContent));
	while (sent < 8)
		await page.waitForTimeout(50);
	await page.reload();
	await page.unroute("**/stykke");
	let more = 0;
	page.on("request", (request) => {
		more += request.url().endsWith("/stykke");
	});
	await send(page, file);
	assert.equal(more, pieces - 6, "it goes on where it was");
}

async function waitFor(page, selector) {
	for (let n = 0; n < 120; n++) {
		if (await page.locator(selector).count() > 0)
			return;
		await page.waitForTimeout(500);
		await page.reload();
	}
	assert.fail(`${selector} did not come`);
}

// The keyboard plays it, and it moves.
async function playByKeyboard(page, selector) {
	await page.evaluate(() => document.activeElement?.blur());
	await tabTo(page, selector);
	assert.equal(await page.locator(selector).evaluate((p) => p.paused), true);
	await page.keyboard.press("Space");
	await page.waitForFunction((s) =>
		document.querySelector(s).currentTime > 1.2, selector);
	const captions = await page.locator(selector).evaluate((p) =>
		[...(p.textTracks[0]?.activeCues ?? [])].map((c) => c.text));
	await page.keyboard.press("Space");
	return captions;
}

for (const database of databases) {
	describe(`sound and film on ${database}`, () => {
		let server, address, jonas;
		before(async () => { server = await serve(database); });
		after(() => server?.stop());

		// guide:S50: film, with transcript and captions.
		it("a film comes over a weak line and waits for its words", async () => {
			jonas = `${server.base}${new URL(server.links.citizen).pathname}/ord`;
			const citizen = await visit(browser, server.base);
			await citizen.page.goto(jonas);
			await citizen.page.fill("[name=text]", "Jeg sover bedst om dagen.");
			await citizen.page.getByLabel("Dem, der arbejder med det").check();
			await button(citizen.page, "Send").click();
			await citizen.close();

			const { page, faults, context } = await visit(browser, server.base);
			await signIn(page, freshLink(server));
			const network = await demoNetwork(page, server.base);
			await page.goto(`${network}/stemmer`);
			await page.getByRole("link", { name: /sover bedst/ }).first().click();
			address = page.url();
			await sendOverAWeakLine(page, film);
			await waitFor(page, "video.player");
			assert.equal(await page.locator("track").count(), 0);
			await page.getByLabel(/Hvad der bliver sagt|ord for ord/).first()
				.fill("0:00 Jeg sover bedst om dagen.\n0:06 Så er der ro.");
			await button(page, /^Gem.*film/).click();
			await waitFor(page, "video.player track");
			await button(page, "Jeg har set det igennem").click();
			await soundPage(page, "film");
			await context.close();
			assert.deepEqual(faults.filter((f) => !/net::ERR_/.test(f)), []);
		});

		it("Jonas hears it first, with captions, and says yes", async () => {
			const { page, close } = await visit(browser, server.base);
			await page.goto(jonas);
			assert.deepEqual(await playByKeyboard(page, "video.player"),
				["Jeg sover bedst om dagen."]);
			assert.match(await page.textContent("main"),
				/Vi bruger det ikke, før du siger ja/);
			await soundPage(page, "film-borger");
			await button(page, /Ja, I må gerne bruge det/).click();
			assert.match(await page.textContent("main"),
				/Du har sagt, at vi må bruge det/);
			await close();
		});

		it("he regrets, and it stops at once, in all browsers", async () => {
			const { page, close } = await visit(browser, server.base);
			await signIn(page, freshLink(server));
			await page.goto(address);
			await page.getByLabel(/må vises så langt/).check();
			await button(page, /^Gem.*film/).click();
			const other = await visit(browser, server.base);
			await signIn(other.page, server.links.participant);
			await other.page.goto(address);
			await playByKeyboard(other.page, "video.player");
			const src = server.base + await other.page.locator("video.player")
				.getAttribute("src");
			const part = () => other.page.request.get(src,
				{ headers: { Range: "bytes=100-199" } });
			assert.equal((await part()).status(), 206);

			const citizen = await visit(browser, server.base,
				{ javaScriptEnabled: false });
			await citizen.page.goto(jonas);
			await button(citizen.page, /Stop det, og slet det/).click();
			assert.match(await citizen.page.textContent("main"), /Det er væk/);
			assert.equal((await part()).status(), 404);
			await other.page.reload();
			assert.equal(await other.page.locator("video").count(), 0);
			await page.reload();
			assert.equal(await page.locator("video").count(), 0);
			await citizen.close();
			await other.close();
			await close();
		});

		it("a sound has a transcript beside its player", async () => {
			const { page, close } = await visit(browser, server.base);
			await signIn(page, freshLink(server));
			await page.goto(address);
			await send(page, sound);
			await waitFor(page, "audio.player");
			await playByKeyboard(page, "audio.player");
			await soundPage(page, "lyd");
			await close();
		});
	});
}
