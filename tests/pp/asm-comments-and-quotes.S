/* run: %idem cc -E -P %s */
/* out: # a comment isn't a directive */
/* out:   mov $'a, REG    # it's not #define */
/* out:   .ascii "x" ; .byte 'X', 1 */
/* out: #foo */
# a comment isn't a directive
#define REG %rax
#ifdef __ASSEMBLER__
  mov $'a, REG    # it's not #define
#else
  no
#endif
# define X 1
  .ascii "x" ; .byte 'X', X
#foo
