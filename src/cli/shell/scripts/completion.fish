# Completion of hallpass for fish, made by: hallpass completion fish

# The commands that only lead to others.
#: groups

# Prints the names of options of a command that take a value.
function __hallpass_valued
    switch "$argv[1]"
        #: valued
    end
end

# Prints the command that was typed so far, and on the next lines its arguments; fails behind --.
function __hallpass_typed
    set -l key ''
    set -l arguments
    set -l wants 0
    for word in (commandline -opc)[2..-1]
        if test $wants = 1
            set wants 0
        else if test "$word" = --
            return 1
        else if string match -q -- '-*' $word
            contains -- $word (__hallpass_valued $key); and set wants 1
        else if contains -- "$key" $__hallpass_groups
            set key (string trim -- "$key $word")
        else
            set -a arguments $word
        end
    end
    printf '%s\n' $key $arguments
end

# Whether the command is the first argument. With a number as second: whether so many of its arguments are there.
function __hallpass_at
    set -l typed (__hallpass_typed); or return 1
    test "$typed[1]" = "$argv[1]"; or return 1
    test (count $argv) -lt 2; or test (math (count $typed) - 1) -eq $argv[2]
end

# Prints names of one kind, each with a few words about it behind a tab.
function __hallpass_names
    command hallpass __complete $argv[1] 2>/dev/null
end

# Whether what is typed belongs to the command that exec is to run.
function __hallpass_in_command
    set -l words (commandline -opc)
    test "$words[2]" = exec; and contains -- -- $words
end

# Completes that command as if it stood alone.
function __hallpass_command
    set -l words (commandline -opc)
    set -l from (math (contains -i -- -- $words) + 1)
    complete -C (string join -- ' ' (string escape -- $words[$from..-1]) (commandline -ct))
end

complete -c hallpass -f
complete -c hallpass -n __hallpass_in_command -x -a '(__hallpass_command)'
#: completions
