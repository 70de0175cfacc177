// SPDX-License-Identifier: MPL-2.0
// The first load of a page: what it weighs on the wire, and when the first text
// stands on a slow phone on a slow line (400 kbit/s, 400 ms, a quarter of this
// processor).  Nothing is in the cache.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { demoNetwork, freshLink, launch, serve, signIn, visit }
	from "./helper.mjs";

const MOST_BYTES = 120 * 1024;
const FIRST_TEXT_MS = 2000;
const SLOW_LINE = { offline: false, latency: 400,
	downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };

let browser, server;
before(async () => {
	browser = await launch();
	server = await serve("sqlite");
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

// The bytes of all responses with their heads, and when text was painted.
async function firstLoad(page, context, address, slow) {
	const debug = await context.newCDPSession(page);
	let bytes = 0;
	debug.on("Network.loadingFinished", (e) => { bytes += e.encodedDataLength; });
	await debug.send("Network.enable");
	await debug.send("Network.clearBrowserCache");
	if (slow) {
		await debug.send("Network.emulateNetworkConditions", SLOW_LINE);
		await debug.send("Emulation.setCPUThrottlingRate", { rate: 4 });
	}
	await page.goto(address, { waitUntil: "networkidle" });
	const ms = await page.evaluate(() =>
		performance.getEntriesByName("first-contentful-paint")[0].startTime);
	await debug.detach();
	return { bytes, ms };
}

for (const [name, path] of [["the sign-in page", "/log-ind"],
	["the front page", "/"], ["a network's overview", "network"],
	["the plan", "network/plan"]]) {
	it(`${name} is light, and soon there`, async (t) => {
		const first = await visit(browser, server.base);
		if (path !== "/log-ind")
			await signIn(first.page, freshLink(server));
		const address = path.startsWith("network")
			? await demoNetwork(first.page, server.base) + path.slice(7)
			: server.base + path;
		await first.page.goto("about:blank").catch(() => {});
		const page = await first.context.newPage();
		const plain = await firstLoad(page, first.context, address, false);
		// What other programs take of the processor is not the page's.
		let slow;
		for (let n = 0; n < 3 && !(slow?.ms <= FIRST_TEXT_MS); n++)
			slow = await firstLoad(page, first.context, address, true);
		t.diagnostic(`${name}: ${plain.bytes} bytes, text after ` +
			`${Math.round(slow.ms)} ms`);
		await first.context.close();
		assert.ok(plain.bytes > 10_000, `only ${plain.bytes} bytes were seen`);
		assert.ok(plain.bytes <= MOST_BYTES, `${plain.bytes} bytes`);
		assert.ok(slow.ms > SLOW_LINE.latency, `${slow.ms} ms is no slow line`);
		assert.ok(slow.ms <= FIRST_TEXT_MS, `${slow.ms} ms`);
	});
}
