/* run: %idem cc -std=c89 -w %s -o %t/a && %t/a && %idem cc -std=gnu17 -DNEW -w %s -o %t/a && %t/a && %idem cc -std=c11 -w %s -o %t/a && %t/a */
/* needs: musl-gcc */
/* out: 3 */
/* out: 3 */
/* out: 3 */
int printf(const char *, ...);
int main(void)
{
#ifdef NEW
    int a = 1; typeof(a) b = 2; printf("%d\n", a + b);
#else
    int typeof = 1, asm = 2; printf("%d\n", typeof + asm);
#endif
    return 0;
}
