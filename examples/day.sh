#!/bin/sh
# A salesperson's day with crm. Wants `crm` on PATH; works in a temporary folder and leaves nothing.
# In CI a test runs it, so it cannot go stale.
set -eu

desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
# A home of its own: your git settings are neither read nor changed.
export HOME="$desk" CRM_LANG=en
printf '[user]\n\tname = Lin Wei\n\temail = lin@example.com\n' >"$HOME/.gitconfig"

echo "== A new archive, and two customers"
crm init "$desk/archive" --home CN
cd "$desk/archive"
# What a command makes, it prints on stdout: here the number.
mueller=$(crm add 'Müller Maschinenbau GmbH' --country Germany \
    --contact 'Anna Müller <anna@mueller.example>' --phone '+49 30 1234567' tags=hydraulics)
berenice=$(crm add 'Ateliers Bérénice SARL' --country FR city=Lyon)
crm followup plan "$mueller" today phone --goal 'Ask what they need'
crm followup plan "$berenice" +3d email --goal 'Send the catalogue'

echo "== 9:00, whom to contact"
crm followup

echo "== 9:20, the call: what was said, and what is next"
crm followup log "$mueller" phone 'Needs 20 gear pumps' \
    --note 'Wants FOB Ningbo; the drawing comes by mail.' --next +7d --next-how email --goal 'Send the quotation'

echo "== 11:00, a colleague of hers, and what is learnt by the way"
crm contact add "$mueller" 'Karl Brandt' title='Head of production' mobile='+49 170 1234567'
crm set "$mueller" city=Berlin willingness=high tags+=canton-fair

echo "== 14:00, the order is there: a prospect becomes a customer"
crm move "$mueller" --stage customer
crm list --columns no,name,stage,country,next_followup

echo "== 16:00, a note typed straight into the card; crm takes it in"
card=$(find . -path '*Bérénice*' -name card.toml)
printf '\n[[followups]]\ndate = %s\nhow = "email"\ntopic = "Catalogue sent"\n' "$(date +%F)" >>"$card"
crm commit

echo "== 17:30, what happened today, and the week ahead"
crm show "$mueller"
crm history "$mueller"
crm followup --days 7
