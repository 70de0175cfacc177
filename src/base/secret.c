/* SPDX-License-Identifier: MPL-2.0 */
#include "base/secret.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/rand.h"

enum { TOKEN_CHARS = 26, NONCE_BYTES = 24 };

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static const unsigned char *
bytes_of(struct str s)
{
	return (const unsigned char *)(s.p != NULL ? s.p : "");
}

void
secret_init(void)
{
	if (sodium_init() < 0)
		abort();
}

struct key
key_new(void)
{
	struct key k = {0};
	rand_bytes(k.b, sizeof k.b);
	return k;
}

struct hash
hash_of(struct str s)
{
	struct hash h;
	crypto_generichash(h.b, sizeof h.b, bytes_of(s), (size_t)s.n, NULL, 0);
	return h;
}

struct hash
hash_keyed(const struct key *k, struct str s)
{
	struct hash h;
	crypto_generichash(
	    h.b, sizeof h.b, bytes_of(s), (size_t)s.n, k->b, sizeof k->b);
	return h;
}

struct key
key_derive(const struct key *k, struct str purpose)
{
	struct hash h = hash_keyed(k, purpose);
	struct key derived;
	memcpy(derived.b, h.b, sizeof derived.b);
	return derived;
}

struct str
hash_bytes(struct arena *a, struct hash h)
{
	return str_dup(a, (struct str){(char *)h.b, sizeof h.b});
}

struct str
hash_hex(struct arena *a, struct hash h)
{
	struct buf b = buf_new(a, 2 * HASH_BYTES);
	buf_hex(&b, h.b, sizeof h.b);
	return buf_str(&b);
}

struct str
hmac_sha256_hex(struct arena *a, struct str key, struct str text)
{
	crypto_auth_hmacsha256_state state;
	struct hash h;
	static_assert(HASH_BYTES == crypto_auth_hmacsha256_BYTES, "");
	crypto_auth_hmacsha256_init(
	    &state, (const unsigned char *)key.p, (size_t)key.n);
	crypto_auth_hmacsha256_update(
	    &state, (const unsigned char *)text.p, (unsigned long long)text.n);
	crypto_auth_hmacsha256_final(&state, h.b);
	return hash_hex(a, h);
}

bool
hash_eq(struct hash x, struct hash y)
{
	return sodium_memcmp(x.b, y.b, sizeof x.b) == 0;
}

static struct str
token_text(struct arena *a, const unsigned char *bits)
{
	char *p = arena_new(a, char, TOKEN_CHARS);
	for (int i = 0; i < TOKEN_CHARS; i++)
		p[i] = crockford[bits[i] & 31];
	return (struct str){p, TOKEN_CHARS};
}

struct str
token_new(struct arena *a)
{
	unsigned char bits[TOKEN_CHARS];
	rand_bytes(bits, sizeof bits);
	return token_text(a, bits);
}

struct str
token_of(struct arena *a, struct hash h)
{
	_Static_assert((int)HASH_BYTES >= (int)TOKEN_CHARS, "a letter each");
	return token_text(a, h.b);
}

/* The letter meant by what was typed; 0 to skip it, -1 for no letter at all. */
static int
token_char(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - ('a' - 'A'));
	if (c == '-' || c == ' ')
		return 0;
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c != 0 && strchr(crockford, c) != NULL ? c : -1;
}

struct str
token_normal(struct arena *a, struct str typed)
{
	char *p = arena_new(a, char, TOKEN_CHARS);
	ptrdiff_t n = 0;
	typed = str_trim(typed);
	for (ptrdiff_t i = 0; i < typed.n; i++) {
		int c = token_char(typed.p[i]);
		if (c < 0 || (c > 0 && n == TOKEN_CHARS))
			return (struct str){0};
		if (c > 0)
			p[n++] = (char)c;
	}
	return n == TOKEN_CHARS ? (struct str){p, n} : (struct str){0};
}

struct str
token_groups(struct arena *a, struct str token)
{
	struct buf b = buf_new(a, 2 * token.n + 1);
	for (ptrdiff_t i = 0; i < token.n; i++) {
		if (i > 0 && i % 4 == 0)
			buf_byte(&b, '-');
		buf_byte(&b, token.p[i]);
	}
	return buf_str(&b);
}

struct str
seal(struct arena *a, const struct key *k, struct str plain, struct str context)
{
	ptrdiff_t n = plain.n + SEAL_EXTRA;
	unsigned char *box = arena_new(a, unsigned char, n);
	rand_bytes(box, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE_BYTES, NULL,
	    bytes_of(plain), (size_t)plain.n, bytes_of(context),
	    (size_t)context.n, NULL, box, k->b);
	return (struct str){(char *)box, n};
}

bool
seal_open(struct arena *a, const struct key *k, struct str box,
    struct str context, struct str *plain)
{
	if (box.n < SEAL_EXTRA)
		return false;
	ptrdiff_t n = box.n - SEAL_EXTRA;
	unsigned char *out = arena_new(a, unsigned char, n + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL,
		bytes_of(box) + NONCE_BYTES, (size_t)(box.n - NONCE_BYTES),
		bytes_of(context), (size_t)context.n, bytes_of(box), k->b) != 0)
		return false;
	*plain = (struct str){(char *)out, n};
	return true;
}

struct str
base32(struct arena *a, struct str s)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf b = buf_new(a, 2 * s.n + 8);
	unsigned acc = 0;
	int bits = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		acc = acc << 8 | (unsigned char)s.p[i];
		for (bits += 8; bits >= 5; bits -= 5)
			buf_byte(&b, letters[acc >> (bits - 5) & 31]);
		acc &= 0xffff;
	}
	if (bits > 0)
		buf_byte(&b, letters[acc << (5 - bits) & 31]);
	return buf_str(&b);
}

struct str
base64(struct arena *a, struct str s)
{
	size_t size = sodium_base64_encoded_len(
	    (size_t)s.n, sodium_base64_VARIANT_ORIGINAL);
	char *out = arena_new(a, char, (ptrdiff_t)size);
	sodium_bin2base64(out, size, bytes_of(s), (size_t)s.n,
	    sodium_base64_VARIANT_ORIGINAL);
	return str_c(out);
}
