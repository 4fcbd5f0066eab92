// run: %idem cc -fshort-enums %s -o %t/a && %t/a && %idem cc %s -o %t/a && %t/a
// needs: musl-gcc
// out: 1 2 4
// out: 4 4 4
int printf(const char *, ...);
enum a { A } a; enum b { B = 300 } b; enum c { C = -70000 } c;
int main(void) { printf("%d %d %d\n", (int)sizeof a, (int)sizeof b, (int)sizeof c); return 0; }
