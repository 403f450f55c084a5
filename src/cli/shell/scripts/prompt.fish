# The role in force in the prompt of fish, made by: hallpass prompt fish
# It reads the environment, and a file without secrets that Hallpass keeps; it starts no process of Hallpass.

# Prints the environment, and on a second line what the prompt says; nothing when Hallpass has nothing to say.
function __hallpass_state
    set -l home
    #: home
    set -l session (string split -m 3 ' ' -- "$HALLPASS_SESSION")
    set -l profile "$AWS_PROFILE"
    set -l other "$AWS_DEFAULT_PROFILE"
    set -l name
    set -l expires
    set -l environment
    set -l also
    set -l left
    set -l bound "$AWS_ACCESS_KEY_ID"
    test -z "$bound$profile"; and set bound "$AWS_CONTAINER_CREDENTIALS_FULL_URI"
    if test -n "$bound" -a "$session[1]" = "$bound"
        # The environment's own credentials. AWS tools disagree whether a profile beside them wins.
        set expires "$session[2]"
        set environment "$session[3]"
        set name "$session[4]"
        test -n "$profile"; and set also ' +AWS_PROFILE'
        test "$expires" = 0; and set left served
    else if test -z "$AWS_ACCESS_KEY_ID" -o -n "$profile"
        test -n "$AWS_ACCESS_KEY_ID"; and set also ' +AWS_ACCESS_KEY_ID'
        test -n "$profile" -a -n "$other" -a "$profile" != "$other"; and set also "$also +AWS_DEFAULT_PROFILE"
        test -z "$profile"; and set profile "$other"
        test -z "$profile"; and set profile default
        set -l config "$AWS_CONFIG_FILE"
        test -z "$config"; and set config "$HOME/.aws/config"
        switch $config
            case '~/*'
                set config $HOME/(string sub -s 3 -- $config)
            case '/*'
            case '*'
                set config $PWD/$config
        end
        test -r "$home/prompt.tsv"; or return 0
        while read -l line
            set -l fields (string split \t -- $line)
            if test "$fields[2]" = "$profile" -a "$fields[1]" = "$config"
                set expires "$fields[3]"
                set environment "$fields[4]"
                set name "$fields[5]"
                break
            end
        end <"$home/prompt.tsv"
        test "$expires" = 0; and set left inactive
    end
    test -n "$name"; and string match -qr '^[0-9]+$' -- "$expires"; or return 0
    if test -z "$left"
        set -l seconds (math $expires - (date +%s))
        if test $seconds -le 0
            set left expired
        else if test $seconds -lt 60
            set left {$seconds}s
        else if test $seconds -lt 3600
            set left (math "floor($seconds / 60)")m
        else
            set left (math "floor($seconds / 3600)")h(math "floor($seconds % 3600 / 60)")m
        end
    end
    set -l word
    switch "$environment"
        case prod
            set word 'PRODUCTION '
        case staging dev
            set word "$environment "
    end
    echo $environment
    echo "[$word"(string replace -ra '[[:cntrl:]]' '' -- $name)" $left$also]"
end

function __hallpass_prompt
    set -l state (__hallpass_state)
    test -n "$state[2]"; or return 0
    if test -z "$NO_COLOR" -a "$TERM" != dumb
        switch "$state[1]"
            case prod
                set_color --bold brwhite --background red
            case staging
                set_color yellow
            case '*'
                set_color cyan
        end
        echo -n $state[2]
        set_color normal
        echo -n ' '
    else
        echo -n "$state[2] "
    end
end

function __hallpass_status
    return $argv[1]
end

# Puts the text in front of the prompt that there is. At the first prompt, since it may still be set until then.
function __hallpass_wrap --on-event fish_prompt
    functions -e __hallpass_wrap
    functions -q __hallpass_own_prompt; and return
    functions -c fish_prompt __hallpass_own_prompt
    function fish_prompt
        set -l last $status
        __hallpass_prompt
        __hallpass_status $last
        __hallpass_own_prompt
    end
end
