// out: 1 <: :> <% %> xy <:: %:
%:define A 1
%:define c(a, b) a %:%: b
A <: :> <% %> c(x, y) <:: %:
