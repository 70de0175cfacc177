/* SPDX-License-Identifier: MPL-2.0 */
#include "base/envelope.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

/* Nothing is taken from an arena while libcrypto holds something for us: a full
 * one does not return. */

enum { SHARED = 32, BOX_KEY = 32, TAG = 16, NONCE = 12, SECRET_MOST = 512 };

static const unsigned char *
bytes_of(struct str s)
{
	return (const unsigned char *)(s.p != NULL ? s.p : "");
}

/* ---- keys ---- */

static void
point_of(EVP_PKEY *key, unsigned char out[ENVELOPE_POINT])
{
	unsigned char *p = NULL;
	if (EVP_PKEY_get1_encoded_public_key(key, &p) != ENVELOPE_POINT)
		abort();
	memcpy(out, p, ENVELOPE_POINT);
	OPENSSL_free(p);
}

struct envelope_pair
envelope_pair_new(struct arena *a)
{
	unsigned char *point = arena_new(a, unsigned char, ENVELOPE_POINT);
	unsigned char *der = arena_new(a, unsigned char, SECRET_MOST);
	unsigned char *end = der;
	EVP_PKEY *key = EVP_EC_gen("P-256");
	int n = i2d_PrivateKey(key, NULL);
	if (n <= 0 || n > SECRET_MOST || i2d_PrivateKey(key, &end) != n)
		abort();
	point_of(key, point);
	EVP_PKEY_free(key);
	return (struct envelope_pair){
	    {(char *)point, ENVELOPE_POINT}, {(char *)der, n}};
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

/* What the key of a box is made of, beside what two keys have in common. */
struct recipe {
	unsigned char
	    points[2 * ENVELOPE_POINT]; /* the box's, the receiver's */
	struct str info;
};

static struct recipe
recipe_new(struct arena *a, struct str receiver, struct str context)
{
	struct recipe r = {
	    .info = STR_JOIN(a, S("samskab envelope 1"), context, S("\x01"))};
	if (receiver.n == ENVELOPE_POINT)
		memcpy(r.points + ENVELOPE_POINT, receiver.p, ENVELOPE_POINT);
	return r;
}

/* HKDF (RFC 5869) with one block of output. */
static void
derive(const unsigned char shared[SHARED], const struct recipe *r,
    unsigned char out[BOX_KEY])
{
	unsigned char middle[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	if (HMAC(EVP_sha256(), r->points, sizeof r->points, shared, SHARED,
		middle, &n) == NULL ||
	    HMAC(EVP_sha256(), middle, (int)n, bytes_of(r->info),
		(size_t)r->info.n, out, &n) == NULL)
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
	struct recipe r = recipe_new(a, point, context);
	unsigned char *out =
	    arena_new(a, unsigned char, plain.n + ENVELOPE_EXTRA);
	EVP_PKEY *theirs = public_key(point), *mine = EVP_EC_gen("P-256");
	if (theirs != NULL && mine != NULL && agree(mine, theirs, shared)) {
		point_of(mine, out);
		memcpy(r.points, out, ENVELOPE_POINT);
		derive(shared, &r, key);
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
	if (box.n < ENVELOPE_EXTRA || pair->point.n != ENVELOPE_POINT)
		return false;
	struct str sealed = str_sub(box, ENVELOPE_POINT, box.n);
	struct recipe r = recipe_new(a, pair->point, context);
	unsigned char *out = arena_new(a, unsigned char, sealed.n);
	memcpy(r.points, box.p, ENVELOPE_POINT);
	EVP_PKEY *theirs = public_key(str_sub(box, 0, ENVELOPE_POINT));
	EVP_PKEY *mine = secret_key(pair->secret);
	if (theirs != NULL && mine != NULL && agree(mine, theirs, shared)) {
		derive(shared, &r, key);
		ok = decrypt(key, sealed, out);
		OPENSSL_cleanse(key, sizeof key);
	}
	OPENSSL_cleanse(shared, sizeof shared);
	EVP_PKEY_free(mine);
	EVP_PKEY_free(theirs);
	*plain = (struct str){(char *)out, sealed.n - TAG};
	return ok;
}
