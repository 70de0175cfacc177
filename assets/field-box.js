// SPDX-License-Identifier: MPL-2.0
// What the field page needs to keep things: boxes that only the server opens
// (src/base/envelope.h has the format), and the phone's own database.
"use strict";
const fieldBox = (() => {
	const curve = { name: "ECDH", namedCurve: "P-256" };

	function join(...arrays) {
		const all = new Uint8Array(arrays.reduce((n, a) => n + a.length, 0));
		let at = 0;
		for (const a of arrays) {
			all.set(a, at);
			at += a.length;
		}
		return all;
	}

	// Closes bytes for whoever has the key of the point.
	async function close(point, plain, context) {
		const subtle = crypto.subtle;
		const theirs = await subtle.importKey("raw", point, curve, false, []);
		const mine = await subtle.generateKey(curve, false, ["deriveBits"]);
		const ours = new Uint8Array(
			await subtle.exportKey("raw", mine.publicKey));
		const shared = await subtle.deriveBits(
			{ name: "ECDH", public: theirs }, mine.privateKey, 256);
		const hkdf = await subtle.importKey("raw", shared, "HKDF", false,
			["deriveKey"]);
		const key = await subtle.deriveKey({
			name: "HKDF", hash: "SHA-256", salt: join(ours, point),
			info: new TextEncoder().encode(`samskab envelope 1${context}`),
		}, hkdf, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
		const box = await subtle.encrypt(
			{ name: "AES-GCM", iv: new Uint8Array(12) }, key, plain);
		return join(ours, new Uint8Array(box));
	}

	// A UUIDv7.
	function newId() {
		const b = crypto.getRandomValues(new Uint8Array(16));
		let ms = Date.now();
		for (let i = 5; i >= 0; i--) {
			b[i] = ms % 256;
			ms = Math.floor(ms / 256);
		}
		b[6] = (b[6] & 15) | 0x70;
		b[8] = (b[8] & 63) | 0x80;
		const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
		return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
	}

	// ---- the database: days, items, and their sealed parts [item, number] ----

	function open(name) {
		return new Promise((resolve, reject) => {
			const request = indexedDB.open(name, 1);
			request.onupgradeneeded = () => {
				request.result.createObjectStore("days", { keyPath: "id" });
				request.result.createObjectStore("items", { keyPath: "id" });
				request.result.createObjectStore("parts");
			};
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	}

	// Runs fn(days, items, parts) in a transaction; on disk when it resolves,
	// with the result of the request that fn returned.
	function change(db, fn) {
		return new Promise((resolve, reject) => {
			const names = ["days", "items", "parts"];
			const t = db.transaction(names, "readwrite",
				{ durability: "strict" });
			const request = fn(...names.map((n) => t.objectStore(n)));
			t.oncomplete = () => resolve(request?.result);
			t.onabort = () => reject(t.error);
		});
	}

	const partsOf = (id) => IDBKeyRange.bound([id, 0], [id, Infinity]);

	return { close, newId, open, change, partsOf };
})();
