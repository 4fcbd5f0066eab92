beside in input
