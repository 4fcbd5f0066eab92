// err~: missing terminating " character
// err~: missing terminating ' character
// out: x = "abc;
// out: y = 'd;
// out: z
x = "abc;
y = 'd;
z
