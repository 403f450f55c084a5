# The role in force in the prompt of bash, made by: hallpass prompt bash
# It reads the environment, and a file without secrets that Hallpass keeps; it starts no process.

# Sets _hallpass_text to what the prompt says, and _hallpass_environment; both empty when Hallpass has nothing to say.
_hallpass_state() {
  local home session=${HALLPASS_SESSION-} keys=${AWS_ACCESS_KEY_ID-} uri=${AWS_CONTAINER_CREDENTIALS_FULL_URI-}
  local profile=${AWS_PROFILE-} other=${AWS_DEFAULT_PROFILE-} config=${AWS_CONFIG_FILE:-$HOME/.aws/config}
  local name= expires= environment= also= left= now file own until kind role
  #: home
  _hallpass_text= _hallpass_environment=
  if [[ ${session%% *} == "${keys:-${profile:+none}$uri}" && $session ]]; then
    # The environment's own credentials. AWS tools disagree whether a profile beside them wins.
    session=${session#* } expires=${session%% *}
    session=${session#* } environment=${session%% *}
    name=${session#* } also=${profile:+ +AWS_PROFILE}
    [[ $expires != 0 ]] || left=served
  elif [[ ! $keys || $profile ]]; then
    [[ ! $keys ]] || also=' +AWS_ACCESS_KEY_ID'
    [[ ! $profile || ! $other || $profile == "$other" ]] || also+=' +AWS_DEFAULT_PROFILE'
    profile=${profile:-${other:-default}}
    case $config in
      '~/'*) config=$HOME/${config:2} ;;
      [!/]*) config=$PWD/$config ;;
    esac
    [[ -r $home/prompt.tsv ]] || return 0
    while IFS=$'\t' read -r file own until kind role; do
      if [[ $own == "$profile" && $file == "$config" ]]; then
        name=$role expires=$until environment=$kind
        break
      fi
    done <"$home/prompt.tsv"
    [[ $expires != 0 ]] || left=inactive
  fi
  [[ $name ]] || return 0
  case $expires in '' | *[!0-9]*) return 0 ;; esac
  if [[ ! $left ]]; then
    printf -v now '%(%s)T' -1 2>/dev/null || now=$(date +%s)
    left=$((10#$expires - now))
    if [[ $left -le 0 ]]; then
      left=expired
    elif [[ $left -lt 60 ]]; then
      left=${left}s
    elif [[ $left -lt 3600 ]]; then
      left=$((left / 60))m
    else
      left=$((left / 3600))h$((left % 3600 / 60))m
    fi
  fi
  _hallpass_environment=$environment
  case $environment in
    prod) environment='PRODUCTION ' ;;
    staging | dev) environment+=' ' ;;
    *) environment= ;;
  esac
  _hallpass_text="[$environment${name//[[:cntrl:]]/} $left$also]"
}

_hallpass_prompt() {
  _hallpass_state
  _hallpass_on= _hallpass_off=
  if [[ $_hallpass_text && ! ${NO_COLOR-} && ${TERM-} != dumb ]]; then
    case $_hallpass_environment in
      prod) _hallpass_on=$'\e[1;97;41m' ;;
      staging) _hallpass_on=$'\e[33m' ;;
      *) _hallpass_on=$'\e[36m' ;;
    esac
    _hallpass_off=$'\e[0m'
  fi
  # Each time, because others set the prompt anew each time.
  [[ $PS1 == *_hallpass_text* ]] ||
    PS1='\[${_hallpass_on-}\]${_hallpass_text-}\[${_hallpass_off-}\]${_hallpass_text:+ }'$PS1
}

[[ ${PROMPT_COMMAND-} == *_hallpass_prompt* ]] ||
  PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}_hallpass_prompt
