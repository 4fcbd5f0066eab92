// out: "ab" xy
"a\  
b" x\ 
y
