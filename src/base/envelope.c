/* SPDX-License-Identifier: MPL-2.0 */
#include "base/envelope.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

enum { SHARED = 32, BOX_KEY = 32, TAG = 16, NONCE = 12, SECRET_MOST = 512 };

static const unsigned char *
bytes_of(struct str s)
{
	return (const unsigned char *)(s.p != NULL ? s.p : "");
}

/* ---- keys ---- */

static struct str
point_of(struct arena *a, EVP_PKEY *key)
{
	unsigned char *p = NULL;
	size_t n = EVP_PKEY_get1_encoded_public_key(key, &p);
	struct str point = str_dup(a, (struct str){(char *)p, (ptrdiff_t)n});
	OPENSSL_free(p);
	return point;
}

static struct str
secret_of(struct arena *a, EVP_PKEY *key)
{
	unsigned char der[SECRET_MOST], *end = der;
	int n = i2d_PrivateKey(key, NULL);
	if (n <= 0 || n > SECRET_MOST || i2d_PrivateKey(key, &end) != n)
		abort();
	struct str secret = str_dup(a, (struct str){(char *)der, n});
	OPENSSL_cleanse(der, sizeof der);
	return secret;
}

struct envelope_pair
envelope_pair_new(struct arena *a)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	if (key == NULL)
		abort();
	struct envelope_pair pair = {point_of(a, key), secret_of(a, key)};
	EVP_PKEY_free(key);
	return pair;
}

/* NULL: not a point of the curve. */
static EVP_PKEY *
public_key(struct str point)
{
	EVP_PKEY *key = EVP_EC_gen("P-256"); /* for its parameters */
	if (key != NULL && point.n == ENVELOPE_POINT &&
	    EVP_PKEY_set1_encoded_public_key(
		key, bytes_of(point), (size_t)point.n) == 1)
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

static EVP_PKEY *
secret_key(struct str der)
{
	const unsigned char *p = bytes_of(der);
	return d2i_PrivateKey(EVP_PKEY_EC, NULL, &p, der.n);
}

static bool
agree(EVP_PKEY *mine, EVP_PKEY *theirs, unsigned char shared[SHARED])
{
	size_t n = SHARED;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(mine, NULL);
	bool ok = ctx != NULL && EVP_PKEY_derive_init(ctx) == 1 &&
	    EVP_PKEY_derive_set_peer(ctx, theirs) == 1 &&
	    EVP_PKEY_derive(ctx, shared, &n) == 1 && n == SHARED;
	EVP_PKEY_CTX_free(ctx);
	return ok;
}

struct points {
	struct str box, receiver;
};

/* HKDF (RFC 5869) with one block of output. */
static void
derive(struct arena *a, const unsigned char shared[SHARED],
    const struct points *points, struct str context, unsigned char out[BOX_KEY])
{
	unsigned char middle[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	struct str salt = STR_JOIN(a, points->box, points->receiver);
	struct str info =
	    STR_JOIN(a, S("samskab envelope 1"), context, S("\x01"));
	if (HMAC(EVP_sha256(), salt.p, (int)salt.n, shared, SHARED, middle,
		&n) == NULL ||
	    HMAC(EVP_sha256(), middle, (int)n, bytes_of(info), (size_t)info.n,
		out, &n) == NULL)
		abort();
	OPENSSL_cleanse(middle, sizeof middle);
}

/* ---- the box ---- */

static bool
encrypt(const unsigned char key[BOX_KEY], struct str plain, unsigned char *out)
{
	static const unsigned char nonce[NONCE];
	int n = 0;
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	bool ok = ctx != NULL &&
	    EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
	    EVP_EncryptUpdate(ctx, out, &n, bytes_of(plain), (int)plain.n) ==
		1 &&
	    EVP_EncryptFinal_ex(ctx, out + n, &n) == 1 &&
	    EVP_CIPHER_CTX_ctrl(
		ctx, EVP_CTRL_GCM_GET_TAG, TAG, out + plain.n) == 1;
	EVP_CIPHER_CTX_free(ctx);
	return ok;
}

static bool
decrypt(const unsigned char key[BOX_KEY], struct str sealed, unsigned char *out)
{
	static const unsigned char nonce[NONCE];
	unsigned char tag[TAG];
	int n = 0, size = (int)(sealed.n - TAG);
	memcpy(tag, sealed.p + size, TAG);
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	bool ok = ctx != NULL &&
	    EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
	    EVP_DecryptUpdate(ctx, out, &n, bytes_of(sealed), size) == 1 &&
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, TAG, tag) == 1 &&
	    EVP_DecryptFinal_ex(ctx, out + n, &n) == 1;
	EVP_CIPHER_CTX_free(ctx);
	return ok;
}

struct str
envelope_close(
    struct arena *a, struct str point, struct str plain, struct str context)
{
	unsigned char shared[SHARED], key[BOX_KEY];
	struct str box = {0};
	EVP_PKEY *theirs = public_key(point), *mine = EVP_EC_gen("P-256");
	if (theirs != NULL && mine != NULL && agree(mine, theirs, shared)) {
		struct points points = {point_of(a, mine), point};
		unsigned char *out =
		    arena_new(a, unsigned char, plain.n + ENVELOPE_EXTRA);
		memcpy(out, points.box.p, ENVELOPE_POINT);
		derive(a, shared, &points, context, key);
		if (!encrypt(key, plain, out + ENVELOPE_POINT))
			abort();
		box = (struct str){(char *)out, plain.n + ENVELOPE_EXTRA};
		OPENSSL_cleanse(key, sizeof key);
	}
	OPENSSL_cleanse(shared, sizeof shared);
	EVP_PKEY_free(mine);
	EVP_PKEY_free(theirs);
	return box;
}

bool
envelope_open(struct arena *a, const struct envelope_pair *pair, struct str box,
    struct str context, struct str *plain)
{
	unsigned char shared[SHARED], key[BOX_KEY];
	bool ok = false;
	if (box.n < ENVELOPE_EXTRA)
		return false;
	struct points points = {str_sub(box, 0, ENVELOPE_POINT), pair->point};
	EVP_PKEY *theirs = public_key(points.box);
	EVP_PKEY *mine = secret_key(pair->secret);
	if (theirs != NULL && mine != NULL && agree(mine, theirs, shared)) {
		struct str sealed = str_sub(box, ENVELOPE_POINT, box.n);
		unsigned char *out = arena_new(a, unsigned char, sealed.n);
		derive(a, shared, &points, context, key);
		ok = decrypt(key, sealed, out);
		*plain = (struct str){(char *)out, sealed.n - TAG};
		OPENSSL_cleanse(key, sizeof key);
	}
	OPENSSL_cleanse(shared, sizeof shared);
	EVP_PKEY_free(mine);
	EVP_PKEY_free(theirs);
	return ok;
}
