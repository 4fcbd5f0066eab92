/* softfloat: IEEE 754 arithmetic by integers: binary32, binary64, x87 extended (64-bit significand) and binary128.
 * It folds the compiler's constants and is the reference every host's float unit must equal, bit for bit. */
#ifndef SOFTFLOAT_H
#define SOFTFLOAT_H

#include "base/base.h"

typedef enum SfFormat { SF_32, SF_64, SF_X80, SF_128, SF_FORMATS } SfFormat;
/* The encoding. SF_32: low 32 bits of lo. SF_64: lo. SF_X80: lo = significand with explicit integer bit, hi = sign and
 * exponent (16 bits). SF_128: hi:lo. Unused bits are 0 (and ignored in operands). */
typedef struct Sf { uint64_t lo, hi; } Sf;

/* RISC-V frm order; RMM: ties away from zero. */
typedef enum SfRound { SF_RNE, SF_RTZ, SF_RDN, SF_RUP, SF_RMM } SfRound;
enum { SF_INEXACT = 1, SF_UNDERFLOW = 2, SF_OVERFLOW = 4, SF_DIVZERO = 8, SF_INVALID = 16 }; /* RISC-V fflags order */

/* The environment of an operation. Where hardware differs it is data here. */
typedef struct SfEnv {
    SfRound round;
    unsigned flags;            /* accrued SF_* */
    bool tiny_before;          /* tininess detected before rounding (Arm); default after (x86, RISC-V) */
    bool nan_canon;            /* every NaN result is the default one (RISC-V); else an operand's NaN, quieted (x86) */
    bool nan_neg;              /* the default NaN has its sign set (x86) */
    bool nan_snan_first;       /* of several NaN operands the first signaling one is taken, fma's addend counting first
                                * (Arm); else the first (SSE). SF_X80 chooses as the x87 does */
} SfEnv;

Sf sf_add(SfEnv *e, SfFormat f, Sf a, Sf b);
Sf sf_sub(SfEnv *e, SfFormat f, Sf a, Sf b);
Sf sf_mul(SfEnv *e, SfFormat f, Sf a, Sf b);
Sf sf_div(SfEnv *e, SfFormat f, Sf a, Sf b);
Sf sf_rem(SfEnv *e, SfFormat f, Sf a, Sf b);           /* C fmod: truncated quotient; exact */
Sf sf_sqrt(SfEnv *e, SfFormat f, Sf a);
Sf sf_fma(SfEnv *e, SfFormat f, Sf a, Sf b, Sf c);     /* a * b + c, rounded once */
Sf sf_round_int(SfEnv *e, SfFormat f, Sf a, bool exact); /* to an integral value; exact: INEXACT is raised */
Sf sf_neg(SfFormat f, Sf a);
Sf sf_abs(SfFormat f, Sf a);
Sf sf_convert(SfEnv *e, SfFormat to, SfFormat from, Sf a);

/* -1 less, 0 equal, 1 greater, 2 unordered. sf_compare_signaling raises INVALID for any NaN, sf_compare for a signaling
 * one. */
int sf_compare(SfEnv *e, SfFormat f, Sf a, Sf b);
int sf_compare_signaling(SfEnv *e, SfFormat f, Sf a, Sf b);

bool sf_is_nan(SfFormat f, Sf a);
bool sf_is_snan(SfFormat f, Sf a);
bool sf_is_inf(SfFormat f, Sf a);
bool sf_is_zero(SfFormat f, Sf a);
bool sf_sign(SfFormat f, Sf a);
Sf sf_zero(SfFormat f, bool neg);
Sf sf_inf(SfFormat f, bool neg);
Sf sf_nan(const SfEnv *e, SfFormat f);
unsigned sf_class(SfFormat f, Sf a);                   /* RISC-V fclass bit number 0..9 */

Sf sf_from_i64(SfEnv *e, SfFormat f, int64_t v);
Sf sf_from_u64(SfEnv *e, SfFormat f, uint64_t v);
/* To an integer of `bits` (8, 16, 32, 64), rounding by e->round; out of range or NaN raises INVALID (alone) and gives
 * the nearest end of the range, NaN the greatest (RISC-V F 11.7). */
int64_t sf_to_int(SfEnv *e, SfFormat f, Sf a, unsigned bits, bool is_signed);

/* Text. Decimal or hexadecimal floating constant (C11 6.4.4.2, no suffix; digits alone are one too), optionally signed;
 * also inf, infinity, nan and nan:0x123 (the bits below the integer bit), letters of either case.
 * Correctly rounded for any length. Result: bytes taken, 0 when malformed ("1e", "0x1" and "0x1.8" are). */
size_t sf_parse(SfEnv *e, SfFormat f, const char *s, size_t n, Sf *out);
/* The printers give the bytes written, without the NUL they put behind. sf_parse reads back what they print; a default
 * NaN prints as nan, and so do the X80 encodings the x87 does not accept. */
/* Shortest hexadecimal form, leading digit 1: "0x1.8p+1", "0x0p+0", "inf", "nan", "-nan:0x123". dst >= 64. */
size_t sf_print_hex(SfFormat f, Sf a, char *dst);
/* Exactly `digits` significant decimal digits, round to nearest even on the exact value, as %.{digits-1}e prints; a
 * NaN's payload is left out. cap >= digits + 16, else nothing is written and the result is 0. */
size_t sf_print_dec(SfFormat f, Sf a, unsigned digits, char *dst, size_t cap);
/* The shortest decimal that reads back as a under RNE, of several the nearest: "0.1", "3.0", "1e+22", "1.5e-07".
 * cap >= 64, else nothing is written and the result is 0. */
size_t sf_print_shortest(SfFormat f, Sf a, char *dst, size_t cap);

#endif
