// out: 1971-01-01 00:00 1 C
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
int main(void) { time_t t = 86400 * 365; struct tm tm = *gmtime(&t); char b[40]; strftime(b, sizeof b, "%Y-%m-%d %H:%M", &tm); tm.tm_mday += 40; printf("%s %d %s\n", b, mktime(&tm) > t, setlocale(LC_ALL, "C")); return 0; }
