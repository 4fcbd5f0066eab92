beside in angle
