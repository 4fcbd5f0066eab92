// out: yes 1
// out: yes 2
// out: yes 3
// out: yes 4
// out: yes 5
// out: no
#define T(n) yes n
#if 1 + 2 * 3 == 7 && (1 << 4 | 3) == 19 && -1 < 0 && ~0 == -1 && !0
T(1)
#endif
#if -1 > 0u
T(2)
#endif
#if 0x7fffffffffffffff + 1 < 0
T(3)
#endif
#if -7 / 2 == -3 && -7 % 2 == -1 && -8 >> 1 == -4
T(4)
#endif
#if 18446744073709551615u == -1 && 'a' == 97 && '\377' < 0 && L'a' == 97
T(5)
#endif
#if (2 || 3) != 1 || (1 ? 2 : 3) != 2 || (1 ? -1 : 0u) < 0
no
#endif
#if 1 ? 0 : 1 ? 2 : 3
no
#elif 10 == 012 + 0 || 0b101 != 5
no
#else
T(6)
#endif
