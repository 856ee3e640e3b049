#!/usr/bin/env bash
# Mutation check: applies each change of mutations.txt to a copy of the last commit, one at a time, and runs the tests that
# must fail for it. Prints the mutations that no test noticed and ends with "N caught, M survived".
#
#   Tests/Mutations/run.sh [PATTERN]     only mutations whose name matches PATTERN (a bash pattern such as 'consent*')
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(git -C "$here" rev-parse --show-toplevel)
pattern=${1:-*}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git clone --quiet "$repository" "$copy"
cd "$copy" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

caught=0
survivors=()

build() { dotnet build "Tests/$1" --nologo --verbosity quiet -p:RunAnalyzers=false; }

# Whether the tests of a project fail. A change that does not compile proves nothing.
fails() { # fails PROJECT FILTER...
  local project=$1
  shift
  build "$project" > build.log || { echo "!! does not compile"; tail -5 build.log; exit 1; }
  ! dotnet run --no-build --project "Tests/$project" -- "$@" > tests.log 2>&1
}

check() { # check NAME FILE OLD NEW PROJECT FILTER...
  local name=$1 file=$2 old=$3 new=$4
  shift 4
  local text rest
  text=$(cat "$file"; printf x)
  rest=${text#*"$old"}
  if [ "$rest" = "$text" ] || [ "${rest#*"$old"}" != "$rest" ]; then
    echo "!! $name: '$old' has to occur exactly once in $file"
    exit 1
  fi
  text=${text%%"$old"*}$new$rest
  printf '%s' "${text%x}" > "$file"
  if fails "$@"; then
    caught=$((caught + 1))
    echo "caught    $name"
  else
    survivors+=("$name")
    echo "SURVIVED  $name"
  fi
  git checkout --quiet -- "$file"
}

if build Activities > build.log && build EndToEnd >> build.log; then :; else tail -20 build.log; exit 1; fi
name='' file='' old='' tests=()
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    'name: '*) name=${line#name: } ;;
    'file: '*) file=${line#file: } ;;
    'tests: '*) read -r -a tests <<< "${line#tests: }" ;;
    '- '*) old=${line#- } ;;
    '+'*) # shellcheck disable=SC2053
      new=${line#+}
      [[ $name == $pattern ]] && check "$name" "$file" "$old" "${new# }" "${tests[@]}" ;;
  esac
done < "$here/mutations.txt"

echo "$caught caught, ${#survivors[@]} survived"
[ ${#survivors[@]} = 0 ]
