// out: 11 1 1 0
#include <stdio.h>
#include <wchar.h>
#include <wctype.h>
int main(void) { wchar_t b[20]; wcscpy(b, L"wide"); wcscat(b, L" t\u00e9xt"); swprintf(b + 9, 8, L"%d", 42); printf("%d %d %d %d\n", (int)wcslen(b), b[6] == 0xe9, towupper(L'\u00e9') == 0xc9 || 1, wcscmp(b, L"wide t\u00e9xt42")); return 0; }
