/**
 * Words for what ends sessions, takes things away or undoes them, as they stand on buttons and in addresses: whole words, small
 * and without accents.
 */
const endings = words(`
log out logout log off logoff sign out signout sign off delete remove destroy trash purge uninstall deactivate disable
unsubscribe revoke reset wipe ban block unlink cancel empty patrol rollback revert import upgrade restore shutdown reboot
abmelden abmeldung ausloggen loschen entfernen kundigen zurucksetzen stornieren widerrufen deaktivieren sperren leeren verwerfen
deconnexion deconnecter deconnectez supprimer suppression effacer retirer annuler desactiver reinitialiser resilier vider
cerrar sesion|salir|desconectar|desconectarse|eliminar|borrar|quitar|cancelar|desactivar|restablecer|anular|vaciar|bloquear
sair|encerrar sessao|terminar sessao|excluir|apagar|remover|desativar|esci|disconnetti|elimina|cancella|rimuovi|annulla|disattiva|svuota
uitloggen afmelden verwijderen annuleren opzeggen logga ut radera ta bort log ud logg ut slet slett fjern
kirjaudu ulos poista peruuta wyloguj usun skasuj anuluj odhlasit smazat zmazat odstranit zrusit kijelentkezes torles torol
deconectare sterge cıkıs cikis sil kaldır iptal keluar hapus dang xuat xoa αποσυνδεση διαγραφη выити выход удалить отменить очистить
виити вихід видалити скасувати izloggen odjava obrisi izbrisi`);
const endingSigns =
  /退出|登出|注销|註銷|删除|刪除|移除|清空|取消|撤销|ログアウト|サインアウト|削除|退会|解約|取り?消|로그아웃|삭제|탈퇴|취소|خروج|حذف|إلغاء|התנתק|יציאה|מחק|हटाएं|लॉग आउट|ออกจากระบบ|ลบ/u;

/** Words for what costs money. */
const paying = words(`
checkout payment pay purchase order now donate subscribe iban cvv cvc cc number cc csc cc exp card number
bezahlen zahlung zahlungspflichtig kaufen bestellen spenden payer paiement acheter commander comprar pagar pago acquista paga pagamento
betalen betala betal koop kob kjop osta kup zaplac koupit zaplatit fizetes оплатить купить оплата`);
const payingSigns = /支付|付款|购买|購買|購入|支払|注文する|결제|구매|شراء|دفع|תשלום|ชำระเงิน/u;

/** What somebody reads on a page, or in an address, whatever its language. */
export function endsSomething(text: string): boolean {
  return endings.test(plainWords(text)) || endingSigns.test(text);
}

export function costsMoney(text: string): boolean {
  return paying.test(plainWords(text)) || payingSigns.test(text);
}

/** Expressions of several words stand in lines with `|`, or are known ones. */
function words(text: string): RegExp {
  const several =
    /(?:log|sign) (?:out|off|ud)|logg(?:a)? ut|order now|cc (?:number|csc|exp)|card number|ta bort|kirjaudu ulos|dang xuat/g;
  const lines = text.trim().split('\n');
  const all = lines.flatMap((line) => {
    if (line.includes('|')) return line.split('|');
    return [
      ...(line.match(several) ?? []),
      ...line
        .replace(several, ' ')
        .split(/\s+/)
        .filter((word) => word !== ''),
    ];
  });
  const spelled = all.map((one) => one.replace(/ /g, ' ?'));
  return new RegExp(`(?<!\\p{L})(?:${spelled.join('|')})(?!\\p{L})`, 'u');
}

/** `Déconnexion` is `deconnexion`, `card_number` two words. */
function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ');
}
