// out: #pragma foo bar(1)
// out: a
// out: #pragma foo "x\y"
// out:   z b
// out: #pragma pack(push, 1)
// out: #pragma GCC visibility push(hidden)
// out: #pragma
#pragma foo  bar(1)
#define P _Pragma("foo \"x\\y\"") z
a P b
#pragma pack(push, 1)
#pragma GCC visibility push(hidden)
#pragma
