/* march.c: "armv8.1-a+nolse" in, the instructions that may be used out. Names as gcc and GNU as have them; extensions without rows in
 * insn.def are taken, since their instructions may be used but need not. */
#include "arch/aa64/aa64.h"

static bool is(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

bool aa64_march_parse(const char *s, size_t n, uint32_t *features, Buf *err)
{
    static const struct { const char *name; uint32_t bits; } bases[] = {
        { "armv8-a", 0 }, { "armv8.1-a", AA64_X_CRC | AA64_X_LSE }, { "armv8.2-a", AA64_X_CRC | AA64_X_LSE },
        { "armv8.3-a", AA64_X_CRC | AA64_X_LSE }, { "armv8.4-a", AA64_X_CRC | AA64_X_LSE }, { "armv8.5-a", AA64_X_CRC | AA64_X_LSE },
        { "armv8.6-a", AA64_X_CRC | AA64_X_LSE }, { "armv8.7-a", AA64_X_CRC | AA64_X_LSE }, { "armv8.8-a", AA64_X_CRC | AA64_X_LSE },
        { "armv9-a", AA64_X_CRC | AA64_X_LSE },
    };
    static const struct { const char *name; uint32_t bits; } extensions[] = {
        { "crc", AA64_X_CRC }, { "lse", AA64_X_LSE }, { "fp", 0 }, { "simd", 0 },
        /* may be used, and never are */
        { "crypto", 0 }, { "aes", 0 }, { "sha2", 0 }, { "sha3", 0 }, { "sm4", 0 }, { "fp16", 0 }, { "fp16fml", 0 }, { "rdma", 0 },
        { "dotprod", 0 }, { "rcpc", 0 }, { "ras", 0 }, { "profile", 0 }, { "ssbs", 0 }, { "sb", 0 }, { "predres", 0 }, { "i8mm", 0 },
        { "bf16", 0 }, { "pauth", 0 }, { "flagm", 0 }, { "memtag", 0 }, { "rng", 0 }, { "sve", 0 }, { "sve2", 0 }, { "lor", 0 },
        { "pan", 0 }, { "compnum", 0 },
    };
    const char *p = s, *end = s + n, *e;
    size_t k;
    for (e = p; e < end && *e != '+'; e++)
        ;
    for (k = 0; k < countof(bases) && !is(p, (size_t)(e - p), bases[k].name); k++)
        ;
    if (k == countof(bases)) {
        buf_fmt(err, "unknown architecture '%.*s'; known are armv8-a to armv8.8-a and armv9-a", (int)(e - p), p);
        return false;
    }
    *features = bases[k].bits;
    while (e < end) {
        bool no;
        p = e + 1;
        for (e = p; e < end && *e != '+'; e++)
            ;
        no = e - p > 2 && p[0] == 'n' && p[1] == 'o';
        p += no ? 2 : 0;
        for (k = 0; k < countof(extensions) && !is(p, (size_t)(e - p), extensions[k].name); k++)
            ;
        if (k == countof(extensions)) {
            if (no)
                continue; /* what there is not, is off */
            buf_fmt(err, "unknown extension '%.*s'", (int)(e - p), p);
            return false;
        }
        if (no && !extensions[k].bits && k < 4) {
            buf_fmt(err, "'no%s' is not supported: floating point and vectors are always there", extensions[k].name);
            return false;
        }
        *features = no ? *features & ~extensions[k].bits : *features | extensions[k].bits;
    }
    return true;
}
