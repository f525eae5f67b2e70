<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>EventRecorder</name>
    <message>
        <source>events are not recorded in %1: %2</source>
        <translation>Ereignisse werden nicht in %1 aufgezeichnet: %2</translation>
    </message>
</context>
<context>
    <name>OwnPools</name>
    <message>
        <source>the pool has no name</source>
        <translation>der Pool hat keinen Namen</translation>
    </message>
    <message>
        <source>a pool &quot;%1&quot; was added already</source>
        <translation>ein Pool &quot;%1&quot; wurde schon hinzugefügt</translation>
    </message>
    <message>
        <source>the pools cannot be saved in %1: %2</source>
        <translation>die Pools können nicht in %1 gespeichert werden: %2</translation>
    </message>
    <message>
        <source>the pools in %1 cannot be read, so they were left as they are: %2</source>
        <translation>die Pools in %1 können nicht gelesen werden und wurden deshalb gelassen, wie sie sind: %2</translation>
    </message>
    <message>
        <source>another window is changing the pools in %1; try again</source>
        <translation>ein anderes Fenster ändert gerade die Pools in %1; bitte noch einmal versuchen</translation>
    </message>
    <message>
        <source>the pools in %1 cannot be changed: %2 cannot be made</source>
        <translation>die Pools in %1 können nicht geändert werden: %2 kann nicht angelegt werden</translation>
    </message>
    <message>
        <source>no peer was given; allowed is a list of host:port or localhost:/path/of/socket, as in db1:3306, db2:3307</source>
        <translation>kein Peer angegeben; erlaubt ist eine Liste von host:port oder localhost:/pfad/des/socket, z. B. db1:3306, db2:3307</translation>
    </message>
    <message>
        <source>there is no pool &quot;%1&quot; in %2 any more</source>
        <translation>es gibt in %2 keinen Pool &quot;%1&quot; mehr</translation>
    </message>
</context>
<context>
    <name>QProxySql</name>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ausgefallen</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Overloaded</source>
        <translation>Überlastet</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Misconfigured</source>
        <translation>Falsch eingerichtet</translation>
    </message>
    <message>
        <source>environment %1=%2 is not allowed; allowed is the absolute path of a folder</source>
        <translation>Umgebung %1=%2 ist nicht erlaubt; erlaubt ist der absolute Pfad eines Ordners</translation>
    </message>
    <message>
        <source>there is no folder for the drain directory: %1 does not exist, this user has no home, and the environment variable %2 is not set</source>
        <translation>es gibt keinen Ordner für das Leerungsverzeichnis: %1 fehlt, dieser Benutzer hat kein Heimatverzeichnis, und die Umgebungsvariable %2 ist nicht gesetzt</translation>
    </message>
    <message>
        <source>the pool or another name of the server is too long, or there are too many names; allowed are %1 names of %2 characters each</source>
        <translation>der Pool oder ein anderer Name des Servers ist zu lang, oder es sind zu viele Namen; erlaubt sind %1 Namen zu je %2 Zeichen</translation>
    </message>
    <message>
        <source>the reason or the name of the person is too long; allowed are %1 characters each</source>
        <translation>der Grund oder der Name der Person ist zu lang; erlaubt sind je %1 Zeichen</translation>
    </message>
    <message>
        <source>no application reports</source>
        <translation>keine Anwendung berichtet</translation>
    </message>
    <message>
        <source>no application obeys</source>
        <translation>keine Anwendung gehorcht</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n application(s) know</source>
        <translation>
            <numerusform>%1 von %n Anwendung weiß davon</numerusform>
            <numerusform>%1 von %n Anwendungen wissen davon</numerusform>
        </translation>
    </message>
    <message>
        <source>, not yet %1</source>
        <translation>, noch nicht %1</translation>
    </message>
    <message>
        <source>; CONTROL=off: %1</source>
        <translation>; CONTROL=off: %1</translation>
    </message>
    <message>
        <source>no session left in applications</source>
        <translation>keine Sitzung mehr in Anwendungen</translation>
    </message>
    <message>
        <source>%1 left in %2</source>
        <translation>noch %1 in %2</translation>
    </message>
    <message>
        <source>server&apos;s list not checked</source>
        <translation>Liste des Servers nicht geprüft</translation>
    </message>
    <message>
        <source>server&apos;s list is empty</source>
        <translation>Liste des Servers ist leer</translation>
    </message>
    <message numerus="yes">
        <source>server lists %n session(s): %1</source>
        <translation>
            <numerusform>Server führt %n Sitzung auf: %1</numerusform>
            <numerusform>Server führt %n Sitzungen auf: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>no application is silent</source>
        <translation>keine Anwendung schweigt</translation>
    </message>
    <message numerus="yes">
        <source>%n silent application(s) passed over, as the operator wants it (accept silent): %1</source>
        <translation>
            <numerusform>%n schweigende Anwendung übergangen, wie der Bediener es will (accept silent): %1</numerusform>
            <numerusform>%n schweigende Anwendungen übergangen, wie der Bediener es will (accept silent): %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent: %1</source>
        <translation>
            <numerusform>%n Anwendung schweigt: %1</numerusform>
            <numerusform>%n Anwendungen schweigen: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>; gone, as the server&apos;s list shows: %1</source>
        <translation>; gegangen, wie die Liste des Servers zeigt: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n anderer Peer läuft</numerusform>
            <numerusform>%n andere Peers laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>no other peer is up</source>
        <translation>kein anderer Peer läuft</translation>
    </message>
    <message>
        <source>sessions could not be counted</source>
        <translation>niemand konnte nach Sitzungen sehen</translation>
    </message>
    <message>
        <source>quiet %1 of %2 s</source>
        <translation>ruhig seit %1 von %2 s</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) of clients that do not report here: %1</source>
        <translation>
            <numerusform>%n Sitzung, die niemandem gehört, der hier berichtet: %1</numerusform>
            <numerusform>%n Sitzungen, die niemandem gehören, der hier berichtet: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>it is not JSON: %1 (at byte %2)</source>
        <translation>es ist kein JSON: %1 (bei Byte %2)</translation>
    </message>
    <message>
        <source>&quot;format&quot; is missing or is not understood; allowed is a whole number from 1</source>
        <translation>&quot;format&quot; fehlt oder ist unverständlich; erlaubt ist eine ganze Zahl ab 1</translation>
    </message>
    <message>
        <source>&quot;entries&quot; is missing or is not understood; allowed is a list</source>
        <translation>&quot;entries&quot; fehlt oder ist unverständlich; erlaubt ist eine Liste</translation>
    </message>
    <message>
        <source>&quot;entries&quot; has %1 entries; allowed are at most %2</source>
        <translation>&quot;entries&quot; hat %1 Einträge; erlaubt sind höchstens %2</translation>
    </message>
    <message>
        <source>entry %1: %2</source>
        <translation>Eintrag %1: %2</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is not understood</source>
        <translation>ist unverständlich</translation>
    </message>
    <message>
        <source>&quot;%1&quot; %2; allowed is %3</source>
        <translation>&quot;%1&quot; %2; erlaubt ist %3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is too long; allowed are %2 characters</source>
        <translation>&quot;%1&quot; ist zu lang; erlaubt sind %2 Zeichen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has %2 texts; allowed are at most %3</source>
        <translation>&quot;%1&quot; hat %2 Texte; erlaubt sind höchstens %3</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>eine Liste von Texten</translation>
    </message>
    <message>
        <source>the name of a pool, empty for all</source>
        <translation>der Name eines Pools, leer für alle</translation>
    </message>
    <message>
        <source>a whole number from 1 to %1</source>
        <translation>eine ganze Zahl von 1 bis %1</translation>
    </message>
    <message>
        <source>somebody else has changed %1 meanwhile</source>
        <translation>jemand anders hat %1 inzwischen geändert</translation>
    </message>
    <message>
        <source>: %1</source>
        <translation>: %1</translation>
    </message>
    <message>
        <source>%1 is damaged: %2</source>
        <translation>%1 ist beschädigt: %2</translation>
    </message>
    <message>
        <source>. It is left alone: mend it, or move it away</source>
        <translation>. Sie bleibt unverändert: Reparieren Sie sie, oder legen Sie sie beiseite</translation>
    </message>
    <message>
        <source>%1 has format %2; this version writes format %3 and would lose what it does not know. It is left alone: use the version that wrote it</source>
        <translation>%1 hat Format %2; diese Version schreibt Format %3 und verlöre, was sie nicht kennt. Sie bleibt unverändert: Benutzen Sie die Version, die sie geschrieben hat</translation>
    </message>
    <message>
        <source>%1 has %2 entries already, and more are not allowed. Remove those of peers that are no more</source>
        <translation>%1 hat schon %2 Einträge, und mehr sind nicht erlaubt. Entfernen Sie die von Peers, die es nicht mehr gibt</translation>
    </message>
    <message>
        <source>%1 has a generation that none can be above</source>
        <translation>%1 hat eine Generation, über der es keine geben kann</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weiterer</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n Anwendung</numerusform>
            <numerusform>%n Anwendungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2, pid %3)</source>
        <translation>%1 (%2, PID %3)</translation>
    </message>
    <message>
        <source>%1 does not follow it: in service in pool %2</source>
        <translation>%1 folgt nicht: in Betrieb in Pool %2</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>it is silent: %1</source>
        <translation>sie schweigt: %1</translation>
    </message>
    <message numerus="yes">
        <source>it does not obey (CONTROL=off), %n session(s)</source>
        <translation>
            <numerusform>sie gehorcht nicht (CONTROL=off), %n Sitzung</numerusform>
            <numerusform>sie gehorcht nicht (CONTROL=off), %n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it has not noticed the drain, %n session(s)</source>
        <translation>
            <numerusform>sie hat die Leerung nicht bemerkt, %n Sitzung</numerusform>
            <numerusform>sie hat die Leerung nicht bemerkt, %n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it does not follow the drain: in service in pool %1, %n session(s)</source>
        <translation>
            <numerusform>sie folgt der Leerung nicht: in Betrieb in Pool %1, %n Sitzung</numerusform>
            <numerusform>sie folgt der Leerung nicht: in Betrieb in Pool %1, %n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>its socket is gone</source>
        <translation>ihr Socket ist verschwunden</translation>
    </message>
    <message>
        <source>%1 is the last healthy peer of pool %2: draining it would leave no peer to serve</source>
        <translation>%1 ist der letzte gesunde Peer von Pool %2: Ihn zu leeren ließe niemanden übrig, der bedient</translation>
    </message>
    <message>
        <source>not a process&apos;s report: %1</source>
        <translation>kein Bericht eines Prozesses: %1</translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation>kein JSON-Objekt</translation>
    </message>
    <message>
        <source>no JSON: %1</source>
        <translation>kein JSON: %1</translation>
    </message>
    <message>
        <source>it has no &quot;format&quot;</source>
        <translation>ihm fehlt &quot;format&quot;</translation>
    </message>
    <message>
        <source>it lacks &quot;process&quot; or &quot;pools&quot;</source>
        <translation>ihm fehlt &quot;process&quot; oder &quot;pools&quot;</translation>
    </message>
    <message>
        <source>a request is one line of at most %1 bytes</source>
        <translation>eine Anfrage ist eine Zeile von höchstens %1 Bytes</translation>
    </message>
    <message>
        <source>Folder for reports %1: %2</source>
        <translation>Ordner für Berichte %1: %2</translation>
    </message>
    <message>
        <source>it is no folder but a link or a file</source>
        <translation>er ist kein Ordner, sondern eine Verknüpfung oder Datei</translation>
    </message>
    <message>
        <source>it belongs to another user, and the folder around it is not shared with a group</source>
        <translation>er gehört einem anderen Benutzer, und der Ordner darum wird mit keiner Gruppe geteilt</translation>
    </message>
    <message>
        <source>it cannot be made</source>
        <translation>er kann nicht angelegt werden</translation>
    </message>
    <message>
        <source>it does not answer in time</source>
        <translation>sie antwortet nicht rechtzeitig</translation>
    </message>
    <message>
        <source>it does not accept in time</source>
        <translation>sie nimmt nicht rechtzeitig an</translation>
    </message>
    <message>
        <source>what it sends has no end</source>
        <translation>was sie sendet, hat kein Ende</translation>
    </message>
    <message>
        <source>it is the report of another process</source>
        <translation>es ist der Bericht eines anderen Prozesses</translation>
    </message>
    <message>
        <source>it hung up before the end of a line</source>
        <translation>sie hat vor dem Ende einer Zeile aufgelegt</translation>
    </message>
    <message>
        <source>no right to connect to %1</source>
        <translation>kein Recht, sich mit %1 zu verbinden</translation>
    </message>
    <message>
        <source>it has ended</source>
        <translation>sie ist beendet</translation>
    </message>
    <message>
        <source>there was no time to ask it</source>
        <translation>es war keine Zeit, sie zu fragen</translation>
    </message>
    <message>
        <source>Socket for reports %1: %2</source>
        <translation>Socket für Berichte %1: %2</translation>
    </message>
    <message>
        <source>%1 others read here already</source>
        <translation>%1 andere lesen hier schon</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>. Folder %1 belongs to user %2 and group %3</source>
        <translation>. Der Ordner %1 gehört Benutzer %2 und Gruppe %3</translation>
    </message>
    <message>
        <source>%1 cannot be made</source>
        <translation>%1 kann nicht angelegt werden</translation>
    </message>
    <message>
        <source>%1 cannot hold the drain directory</source>
        <translation>%1 kann das Leerungsverzeichnis nicht aufnehmen</translation>
    </message>
    <message>
        <source>%1 cannot be locked</source>
        <translation>%1 kann nicht gesperrt werden</translation>
    </message>
    <message>
        <source>%1 is still locked by another process after %2 s</source>
        <translation>%1 ist nach %2 s noch von einem anderen Prozess gesperrt</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>%1 is no file</source>
        <translation>%1 ist keine Datei</translation>
    </message>
    <message>
        <source>%1 is damaged: it is larger than %2 bytes</source>
        <translation>%1 ist beschädigt: größer als %2 Bytes</translation>
    </message>
    <message>
        <source>column %1 is missing or not understood; allowed is %2</source>
        <translation>Spalte %1 fehlt oder ist unverständlich; erlaubt ist %2</translation>
    </message>
    <message>
        <source>the row of &quot;%1&quot;</source>
        <translation>die Zeile von &quot;%1&quot;</translation>
    </message>
    <message>
        <source>the row of &quot;%1&quot; in pool %2</source>
        <translation>die Zeile von &quot;%1&quot; in Pool %2</translation>
    </message>
    <message>
        <source>a whole number from 1</source>
        <translation>eine ganze Zahl ab 1</translation>
    </message>
    <message>
        <source>there are more than %1 rows, and the oldest are not read</source>
        <translation>es gibt mehr als %1 Zeilen, und die ältesten werden nicht gelesen</translation>
    </message>
    <message>
        <source>no peer can be used at present</source>
        <translation>derzeit ist kein Peer zu benutzen</translation>
    </message>
    <message>
        <source>a list in JSON of at most %1 bytes</source>
        <translation>eine Liste in JSON von höchstens %1 Byte</translation>
    </message>
    <message>
        <source>an object in JSON of at most %1 bytes</source>
        <translation>ein Objekt in JSON von höchstens %1 Byte</translation>
    </message>
    <message>
        <source>%1 has a generation above %2, which is of no clock and is not believed</source>
        <translation>%1 hat eine Generation über %2, die von keiner Uhr stammt und nicht geglaubt wird</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be a peer; allowed is host:port, localhost:/path/of/socket, or what its server calls itself</source>
        <translation>&quot;%1&quot; kann kein Peer sein; erlaubt ist host:port, localhost:/pfad/des/socket, oder wie sein Server sich nennt</translation>
    </message>
    <message>
        <source>the name or an identity of a peer, as text</source>
        <translation>der Name oder eine Identität eines Peers, als Text</translation>
    </message>
    <message>
        <source>a name that means one server on all machines, which the path of a socket does not</source>
        <translation>ein Name, der auf allen Rechnern denselben Server meint, was der Pfad eines Sockets nicht tut</translation>
    </message>
    <message>
        <source>it was killed</source>
        <translation>er wurde gewaltsam beendet</translation>
    </message>
    <message>
        <source>no other peer was proven to be up within the last 5 s</source>
        <translation>niemand hat in den letzten 5 s gezeigt, dass ein anderer Peer läuft</translation>
    </message>
    <message>
        <source>%1 may be the last healthy peer of pool %2: there is no proof from the last 5 s that %3 can serve</source>
        <translation>%1 ist vielleicht der letzte gesunde Peer von Pool %2: niemand hat in den letzten 5 s gezeigt, dass %3 Dienst tun kann</translation>
    </message>
    <message>
        <source>from here</source>
        <translation>von hier</translation>
    </message>
    <message>
        <source>from here and by %1</source>
        <translation>von hier und von %1</translation>
    </message>
    <message>
        <source>believed by %1</source>
        <translation>Annahme von %1</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1, vor %2</translation>
    </message>
    <message>
        <source>not from here: %1</source>
        <translation>nicht von hier: %1</translation>
    </message>
    <message numerus="yes">
        <source>not used by %n application(s): %1</source>
        <translation>
            <numerusform>von %n Anwendung nicht benutzt: %1</numerusform>
            <numerusform>von %n Anwendungen nicht benutzt: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>others reach it: %1</source>
        <translation>andere erreichen ihn: %1</translation>
    </message>
    <message numerus="yes">
        <source>not noticed by %n application(s)</source>
        <translation>
            <numerusform>von %n Anwendung nicht bemerkt</numerusform>
            <numerusform>von %n Anwendungen nicht bemerkt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>believed up by %n application(s), not checked</source>
        <translation>
            <numerusform>%n Anwendung nimmt an, dass er läuft; niemand hat es geprüft</numerusform>
            <numerusform>%n Anwendungen nehmen an, dass er läuft; niemand hat es geprüft</numerusform>
        </translation>
    </message>
    <message>
        <source>allowed is &quot;report&quot; or &quot;probe&quot;</source>
        <translation>erlaubt ist &quot;report&quot; oder &quot;probe&quot;</translation>
    </message>
    <message>
        <source>until it has read its results</source>
        <translation>bis sie ihre Ergebnisse gelesen hat</translation>
    </message>
    <message>
        <source>until it closes the connection</source>
        <translation>bis sie die Verbindung schließt</translation>
    </message>
    <message>
        <source>open transaction, %1</source>
        <translation>offene Transaktion, %1</translation>
    </message>
    <message>
        <source>idle for %1</source>
        <translation>untätig seit %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 keeps %n session(s): %2</source>
        <translation>
            <numerusform>%1 hält %n Sitzung: %2</numerusform>
            <numerusform>%1 hält %n Sitzungen: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QProxySqlCtl</name>
    <message>
        <source>drained by %1</source>
        <translation>geleert von %1</translation>
    </message>
    <message>
        <source>resumed by %1</source>
        <translation>freigegeben von %1</translation>
    </message>
    <message>
        <source>its entry in the drain directory has gone; processes that run still obey it</source>
        <translation>sein Eintrag im Leerungsverzeichnis ist verschwunden; Prozesse, die laufen, gehorchen ihm noch</translation>
    </message>
    <message>
        <source>%1, was %2</source>
        <translation>%1, vorher: %2</translation>
    </message>
    <message>
        <source>safe to stop</source>
        <translation>sicher zu stoppen</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>berichtet</translation>
    </message>
    <message>
        <source>answers again</source>
        <translation>antwortet wieder</translation>
    </message>
    <message>
        <source>is silent: %1</source>
        <translation>schweigt: %1</translation>
    </message>
    <message>
        <source>has gone</source>
        <translation>ist gegangen</translation>
    </message>
    <message>
        <source>Only this pool.</source>
        <translation>Nur diesen Pool.</translation>
    </message>
    <message>
        <source>Pools, beside those that applications report. Default: the applications&apos; own default pool file.</source>
        <translation>Pools, neben denen, die Anwendungen berichten. Vorgabe: die Pooldatei, die Anwendungen benutzen.</translation>
    </message>
    <message>
        <source>Account for probes of our own; best with PROCESS.</source>
        <translation>Konto für eigene Prüfungen; am besten mit PROCESS.</translation>
    </message>
    <message>
        <source>Prints the password. Else the environment&apos;s QPROXYSQL_PASSWORD, else the option file&apos;s.</source>
        <translation>Gibt das Passwort aus. Sonst QPROXYSQL_PASSWORD der Umgebung, sonst das der Optionsdatei.</translation>
    </message>
    <message>
        <source>Refuse to change anything.</source>
        <translation>Nichts ändern.</translation>
    </message>
    <message>
        <source>no login was given (--user)</source>
        <translation>kein Konto angegeben (--user)</translation>
    </message>
    <message>
        <source>the peer is itself a proxy</source>
        <translation>der Peer ist selbst ein Proxy</translation>
    </message>
    <message>
        <source>--password-command needs --user NAME beside it</source>
        <translation>--password-command braucht --user NAME daneben</translation>
    </message>
    <message>
        <source>option file %1 names no user in [client]; give --user NAME beside it</source>
        <translation>Optionsdatei %1 nennt keinen Benutzer in [client]; geben Sie --user NAME dazu</translation>
    </message>
    <message>
        <source>the password command failed: %1. It must print the password and end with 0 within %2 s</source>
        <translation>der Passwortbefehl ist gescheitert: %1. Er muss das Passwort ausgeben und binnen %2 s mit 0 enden</translation>
    </message>
    <message>
        <source>it ended with %1</source>
        <translation>er endete mit %1</translation>
    </message>
    <message>
        <source>option file %1 cannot be read: %2</source>
        <translation>Optionsdatei %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>the account lacks the right PROCESS</source>
        <translation>dem Konto fehlt das Recht PROCESS</translation>
    </message>
    <message>
        <source>the server refused to list its sessions</source>
        <translation>der Server wollte seine Sitzungen nicht aufführen</translation>
    </message>
    <message>
        <source>no connection to it: %1</source>
        <translation>keine Verbindung zu ihm: %1</translation>
    </message>
    <message>
        <source>the peer is itself a proxy, %1</source>
        <translation>der Peer ist selbst ein Proxy, %1</translation>
    </message>
    <message>
        <source>the peer is itself a proxy: its server counts our connection under another number</source>
        <translation>der Peer ist selbst ein Proxy: sein Server führt unsere Verbindung unter einer anderen Nummer</translation>
    </message>
    <message>
        <source>a proxy, tunnel or port mapping is in between: the server itself listens on port %1</source>
        <translation>ein Proxy, ein Tunnel oder eine Portumleitung ist dazwischen: der Server selbst lauscht auf Port %1</translation>
    </message>
    <message>
        <source>a proxy, tunnel or address translation is in between: the server sees our connection come from %1, not from our port %2</source>
        <translation>ein Proxy, ein Tunnel oder eine Adressübersetzung ist dazwischen: der Server sieht unsere Verbindung von %1 kommen, nicht von unserem Port %2</translation>
    </message>
    <message>
        <source>the peer is itself a proxy: it answers as several servers, or as another peer does</source>
        <translation>der Peer ist selbst ein Proxy: er antwortet als mehrere Server oder als derselbe wie ein anderer Peer</translation>
    </message>
    <message>
        <source>the server has no TLS, which --ssl-ca and its like ask for</source>
        <translation>der Server hat kein TLS, das --ssl-ca und dergleichen verlangen</translation>
    </message>
    <message>
        <source>no answer within %1 s</source>
        <translation>keine Antwort binnen %1 s</translation>
    </message>
    <message>
        <source>there was no time to ask it</source>
        <translation>es war keine Zeit, ihn zu fragen</translation>
    </message>
    <message>
        <source>no peer &quot;%1&quot; is known here; %2</source>
        <translation>kein Peer &quot;%1&quot; ist hier bekannt; %2</translation>
    </message>
    <message>
        <source>no application of this machine reports a pool, and no pool file was given (--pool-file FILE)</source>
        <translation>keine Anwendung dieses Rechners berichtet einen Pool, und keine Pooldatei wurde angegeben (--pool-file FILE)</translation>
    </message>
    <message>
        <source>known are %1</source>
        <translation>bekannt sind %1</translation>
    </message>
    <message>
        <source>the fleet&apos;s drain directory needs a login: give --user</source>
        <translation>das Leerungsverzeichnis der Flotte braucht ein Konto: Geben Sie --user an</translation>
    </message>
    <message>
        <source>others were writing all the time</source>
        <translation>andere haben die ganze Zeit geschrieben</translation>
    </message>
    <message>
        <source>%1: %2 cannot be read: %3 %4</source>
        <translation>%1: %2 kann nicht gelesen werden: %3 %4</translation>
    </message>
    <message>
        <source>%1: %2 is not understood: %3</source>
        <translation>%1: %2 ist unverständlich: %3</translation>
    </message>
    <message>
        <source>%1 cannot be read: no peer can be used</source>
        <translation>%1 kann nicht gelesen werden: Kein Peer ist zu benutzen</translation>
    </message>
    <message>
        <source>the row of %1 in %2 was written by a later version and is left alone: use that version</source>
        <translation>die Zeile von %1 in %2 wurde von einer späteren Version geschrieben und bleibt unverändert: Benutzen Sie jene Version</translation>
    </message>
    <message>
        <source>this account may not drain in %1. %2</source>
        <translation>dieses Konto darf in %1 nicht leeren. %2</translation>
    </message>
    <message>
        <source>there is no %1: &quot;qproxysql-ctl init&quot; makes it. %2</source>
        <translation>%1 gibt es nicht: &quot;qproxysql-ctl init&quot; legt es an. %2</translation>
    </message>
    <message>
        <source>the drain request could not be written. %1</source>
        <translation>der Wunsch konnte nicht geschrieben werden. %1</translation>
    </message>
    <message>
        <source>no server takes the request (no quorum, read-only, or no answer), so nothing was changed, and what was known stays obeyed. %1</source>
        <translation>kein Server nimmt den Wunsch an (kein Quorum, nur lesbar oder keine Antwort), also wurde nichts geändert, und was bekannt war, gilt weiter. %1</translation>
    </message>
    <message>
        <source>No peer is known</source>
        <translation>Kein Peer ist bekannt</translation>
    </message>
    <message>
        <source>Schema of the drain tables (CONTROL=fleet): drain requests are read there, too, and written there instead of on this machine. Default for init: qproxysql.</source>
        <translation>Schema der Leerungstabellen (CONTROL=fleet): Wünsche werden auch dort gelesen und dort statt auf diesem Rechner geschrieben. Vorgabe für init: qproxysql.</translation>
    </message>
    <message>
        <source>%1 has the id %2, and too few are left above it: delete that row</source>
        <translation>%1 hat die id %2, über der zu wenige frei sind: Löschen Sie diese Zeile</translation>
    </message>
    <message>
        <source>the other names of %1 are too long together; allowed are %2 bytes in JSON</source>
        <translation>die anderen Namen von %1 sind zusammen zu lang; erlaubt sind %2 Byte in JSON</translation>
    </message>
    <message>
        <source>Show the account also to peers that no pool file names, but only applications of other users.</source>
        <translation>Das Konto auch Peers zeigen, die keine Pooldatei nennt, sondern nur Anwendungen anderer Benutzer.</translation>
    </message>
    <message>
        <source>only applications of other users name %1: the account is not shown there. Name it in a pool file (--pool-file), or give --trust-reports</source>
        <translation>nur Anwendungen anderer Benutzer nennen %1: das Konto wird dort nicht gezeigt. Nennen Sie ihn in einer Pooldatei (--pool-file), oder geben Sie --trust-reports an</translation>
    </message>
    <message>
        <source>%1: only applications of other users name it</source>
        <translation>%1: nur Anwendungen anderer Benutzer nennen ihn</translation>
    </message>
    <message>
        <source>only applications of other users name this peer (--pool-file, --trust-reports)</source>
        <translation>nur Anwendungen anderer Benutzer nennen diesen Peer (--pool-file, --trust-reports)</translation>
    </message>
    <message>
        <source>%1 is another server on each machine, and what its server calls itself is not known here: connect to it first (--user)</source>
        <translation>%1 ist auf jedem Rechner ein anderer Server, und wie sein Server sich nennt, ist hier nicht bekannt: zuerst eine Verbindung dorthin öffnen (--user)</translation>
    </message>
    <message>
        <source>no longer slow: connecting takes %1 ms</source>
        <translation>nicht mehr langsam: Verbinden dauert %1 ms</translation>
    </message>
    <message>
        <source>slow: connecting takes %1 ms, on the pool&apos;s others %2 ms</source>
        <translation>langsam: Verbinden dauert %1 ms, bei den anderen des Pools %2 ms</translation>
    </message>
    <message>
        <source>Option file (my.cnf) with user, password, ssl-ca, ssl-cert and ssl-key.</source>
        <translation>Optionsdatei (my.cnf) mit user, password, ssl-ca, ssl-cert und ssl-key.</translation>
    </message>
    <message>
        <source>Certificate (PEM) of the CA that signed the servers&apos; ones: the account is used over TLS only.</source>
        <translation>Zertifikat (PEM) der CA, die die der Server unterschrieben hat: Das Konto wird nur über TLS benutzt.</translation>
    </message>
    <message>
        <source>Client certificate (PEM), for an account that requires one.</source>
        <translation>Client-Zertifikat (PEM), für ein Konto, das eines verlangt.</translation>
    </message>
    <message>
        <source>Its key (PEM).</source>
        <translation>Sein Schlüssel (PEM).</translation>
    </message>
    <message>
        <source>No password was given. Set QPROXYSQL_PASSWORD or use --password-command.</source>
        <translation>Es wurde kein Passwort angegeben. Setzen Sie QPROXYSQL_PASSWORD oder benutzen Sie --password-command.</translation>
    </message>
    <message>
        <source>The account may require TLS, and this session had none: name the CA certificate (--ssl-ca FILE, in an application&apos;s options SSL_CA=FILE).</source>
        <translation>Vielleicht verlangt das Konto TLS, und diese Sitzung hatte keines: nennen Sie das CA-Zertifikat (--ssl-ca DATEI, in den Optionen einer Anwendung SSL_CA=DATEI).</translation>
    </message>
    <message>
        <source>--ssl-ca, --ssl-cert and --ssl-key need --user NAME beside them</source>
        <translation>--ssl-ca, --ssl-cert und --ssl-key brauchen --user NAME daneben</translation>
    </message>
    <message>
        <source>TLS file %1: a path with &apos;;&apos; cannot be used</source>
        <translation>TLS-Datei %1: ein Pfad mit &apos;;&apos; kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>TLS file %1 cannot be read: it is a folder</source>
        <translation>TLS-Datei %1 kann nicht gelesen werden: sie ist ein Ordner</translation>
    </message>
    <message>
        <source>TLS file %1 cannot be read: %2</source>
        <translation>TLS-Datei %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>TLS file %1 is not in PEM form</source>
        <translation>TLS-Datei %1 ist nicht im PEM-Format</translation>
    </message>
    <message>
        <source>a client certificate and its key go together: only %1 was given</source>
        <translation>ein Client-Zertifikat und sein Schlüssel gehören zusammen: nur %1 wurde angegeben</translation>
    </message>
    <message>
        <source>%1 is given twice</source>
        <translation>%1 ist zweimal angegeben</translation>
    </message>
    <message>
        <source>%1 cannot be probed from here: a rolling restart needs a login</source>
        <translation>%1 kann von hier nicht geprüft werden: Ein rollierender Neustart braucht ein Konto</translation>
    </message>
    <message>
        <source>no pool &quot;%1&quot; is known here; known are %2</source>
        <translation>hier ist kein Pool &quot;%1&quot; bekannt; bekannt sind %2</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>read-only: %1 was not changed; run it without --read-only</source>
        <translation>nur lesen: %1 wurde nicht geändert; ohne --read-only ginge es</translation>
    </message>
    <message>
        <source>a rolling restart by %1 was interrupted</source>
        <translation>ein rollierender Neustart von %1 wurde unterbrochen</translation>
    </message>
    <message>
        <source>it was begun with a command; give it again: %1</source>
        <translation>er wurde mit einem Befehl begonnen; geben Sie ihn wieder an: %1</translation>
    </message>
    <message>
        <source>it was begun without --control-schema</source>
        <translation>er wurde ohne --control-schema begonnen</translation>
    </message>
    <message>
        <source>it was begun with --control-schema %1: give it again</source>
        <translation>er wurde mit --control-schema %1 begonnen: Geben Sie es wieder an</translation>
    </message>
    <message>
        <source>no rolling restart was interrupted here</source>
        <translation>hier wurde kein rollierender Neustart unterbrochen</translation>
    </message>
    <message>
        <source>%1 stays drained: its command (process %2) still runs, and may stop it. When that process has ended, &quot;qproxysql-ctl resume %1&quot; lets applications use it again.</source>
        <translation>%1 bleibt geleert: Sein Befehl (Prozess %2) läuft noch und kann ihn stoppen. Wenn dieser Prozess beendet ist, lässt &quot;qproxysql-ctl resume %1&quot; Anwendungen ihn wieder benutzen.</translation>
    </message>
    <message>
        <source>%1 stays drained (%2). &quot;qproxysql-ctl resume %1&quot; lets applications use it again.</source>
        <translation>%1 bleibt geleert (%2). &quot;qproxysql-ctl resume %1&quot; lässt Anwendungen ihn wieder benutzen.</translation>
    </message>
    <message>
        <source>the drain stalls: %1</source>
        <translation>die Leerung stockt: %1</translation>
    </message>
    <message>
        <source>forgotten? drained for %1</source>
        <translation>vergessen? geleert seit %1</translation>
    </message>
    <message>
        <source>drained by %1, forced</source>
        <translation>geleert von %1, erzwungen</translation>
    </message>
    <message>
        <source> (rolling restart)</source>
        <translation> (reihum neu gestartet)</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the drain log could not be read and were left out</source>
        <translation>
            <numerusform>%n Zeile des Leerungsprotokolls konnte nicht gelesen werden und wurde ausgelassen</numerusform>
            <numerusform>%n Zeilen des Leerungsprotokolls konnten nicht gelesen werden und wurden ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>%1 was not written by &quot;qproxysql-ctl metrics&quot;: it is left alone. Move it away, or name another file</source>
        <translation>%1 wurde nicht von &quot;qproxysql-ctl metrics&quot; geschrieben und bleibt, wie es ist. Verschieben Sie die Datei, oder nennen Sie eine andere</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>the log of drain requests: %1</source>
        <translation>das Protokoll der Leerungen: %1</translation>
    </message>
    <message>
        <source>A drain that is older is marked &quot;forgotten?&quot;. Default: 14400.</source>
        <translation>Eine ältere Leerung wird mit „forgotten?“ gekennzeichnet. Vorgabe: 14400.</translation>
    </message>
</context>
<context>
    <name>QProxySqlHistory</name>
    <message>
        <source>%1 is damaged or of another version</source>
        <translation>%1 ist beschädigt oder von einer anderen Version</translation>
    </message>
    <message>
        <source>The history of %1 was damaged and begins anew. The old file is now %2</source>
        <translation>Der Verlauf von %1 war beschädigt und beginnt neu. Die alte Datei heißt jetzt %2</translation>
    </message>
    <message>
        <source>The history of %1 cannot be kept: %2 is damaged and cannot be renamed</source>
        <translation>Der Verlauf von %1 kann nicht behalten werden: %2 ist beschädigt und lässt sich nicht umbenennen</translation>
    </message>
    <message>
        <source>History is not kept: %1</source>
        <translation>Der Verlauf wird nicht behalten: %1</translation>
    </message>
</context>
<context>
    <name>QProxySqlMonitor</name>
    <message>
        <source>does not answer for %1</source>
        <translation>antwortet seit %1 nicht</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>refuses</source>
        <translation>weigert sich</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>sessions not known</source>
        <translation>Sitzungen unbekannt</translation>
    </message>
    <message>
        <source>a transaction open</source>
        <translation>eine offene Transaktion</translation>
    </message>
    <message>
        <source>knows of the drain: %1</source>
        <translation>weiß von der Leerung: %1</translation>
    </message>
    <message>
        <source>other sessions: %1@%2</source>
        <translation>andere Sitzungen: %1@%2</translation>
    </message>
    <message>
        <source>kernel update (simulated)</source>
        <translation>Kernel-Update (simuliert)</translation>
    </message>
    <message>
        <source>Demo (simulated)</source>
        <translation>Demo (simuliert)</translation>
    </message>
    <message>
        <source>(simulated)</source>
        <translation> (simuliert)</translation>
    </message>
    <message>
        <source>Simulated data: no server is contacted, and no action here changes one</source>
        <translation>Simulierte Daten: Kein Server wird angesehen, und nichts, was hier getan wird, ändert einen</translation>
    </message>
    <message>
        <source>10.11.9-MariaDB (simulated)</source>
        <translation>10.11.9-MariaDB (simuliert)</translation>
    </message>
    <message numerus="yes">
        <source>%1; and %n more</source>
        <comment>who keeps sessions there</comment>
        <translation>
            <numerusform>%1; und %n weiterer</numerusform>
            <numerusform>%1; und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) left</source>
        <translation>
            <numerusform>noch %n Sitzung</numerusform>
            <numerusform>noch %n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>SAFE TO STOP</source>
        <translation>SICHER ZU STOPPEN</translation>
    </message>
    <message>
        <source>NOT YET SAFE TO STOP</source>
        <translation>NOCH NICHT SICHER ZU STOPPEN</translation>
    </message>
    <message numerus="yes">
        <source>Not yet safe to stop: %n session(s) left</source>
        <translation>
            <numerusform>Noch nicht sicher zu stoppen: noch %n Sitzung</numerusform>
            <numerusform>Noch nicht sicher zu stoppen: noch %n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Not yet safe to stop: no session left, waiting until it is certain</source>
        <translation>Noch nicht sicher zu stoppen: keine Sitzung mehr, gewartet wird auf Gewissheit</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n moved</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%1 von %n umgezogen</numerusform>
            <numerusform>%1 von %n umgezogen</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>noch etwa %1</translation>
    </message>
    <message>
        <source>asked for by %1</source>
        <translation>gewünscht von %1</translation>
    </message>
    <message>
        <source>asked for by %1, %2</source>
        <comment>who, when</comment>
        <translation>gewünscht von %1, %2</translation>
    </message>
    <message>
        <source>Drain of %1</source>
        <translation>Leerung von %1</translation>
    </message>
    <message>
        <source>its sessions cannot be seen from here</source>
        <translation>niemand hier sieht seine Sitzungen</translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n anderer Peer läuft</numerusform>
            <numerusform>%n andere Peers laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>no other peer is up</source>
        <translation>kein anderer Peer läuft</translation>
    </message>
    <message>
        <source>A drain is under way already: %1.</source>
        <translation>Eine Leerung ist schon im Gange: %1.</translation>
    </message>
    <message>
        <source>%1 allows %2 sessions and would need about %3.</source>
        <translation>%1 erlaubt %2 Sitzungen und brauchte etwa %3.</translation>
    </message>
    <message>
        <source>reports of applications</source>
        <translation>Berichten von Anwendungen</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>%1 or longer</source>
        <translation>%1 oder länger</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s behind ours</source>
        <translation>%1 s hinter unserer</translation>
    </message>
    <message>
        <source>%1 s ahead of ours</source>
        <translation>%1 s vor unserer</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>The server itself asks for</source>
        <translation>Der Server selbst wünscht</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>Errors in five minutes</source>
        <translation>Fehler in fünf Minuten</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>Nächste Prüfung</translation>
    </message>
    <message>
        <source>Sessions reported</source>
        <translation>Berichtete Sitzungen</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>In a transaction</source>
        <translation>In einer Transaktion</translation>
    </message>
    <message>
        <source>In the server&apos;s own list</source>
        <translation>In der Liste des Servers</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>not checked: %1</source>
        <translation>nicht geprüft: %1</translation>
    </message>
    <message>
        <source>Sessions allowed</source>
        <translation>Erlaubte Sitzungen</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Nennt sich</translation>
    </message>
    <message>
        <source>In other pools</source>
        <translation>In anderen Pools</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Is a proxy</source>
        <translation>Ist ein Proxy</translation>
    </message>
    <message>
        <source>Connect time</source>
        <translation>Verbindungszeit</translation>
    </message>
    <message>
        <source>Connect time, 95 %</source>
        <translation>Verbindungszeit, 95 %</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Its clock</source>
        <translation>Seine Uhr</translation>
    </message>
    <message>
        <source>From here</source>
        <translation>Von hier aus</translation>
    </message>
    <message>
        <source>Drained by</source>
        <translation>Geleert von</translation>
    </message>
    <message>
        <source>Resumed by</source>
        <translation>Freigegeben von</translation>
    </message>
    <message>
        <source>At, by that person&apos;s clock</source>
        <translation>Um, nach dessen Uhr</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>%1 of %2 left</source>
        <translation>noch %1 von %2</translation>
    </message>
    <message>
        <source>Drained · not yet safe to stop</source>
        <translation>Geleert · noch nicht sicher zu stoppen</translation>
    </message>
    <message>
        <source>rechecking</source>
        <translation>wird gerade geprüft</translation>
    </message>
    <message>
        <source>recheck in %1</source>
        <translation>Prüfung in %1</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>Noch nicht versucht</translation>
    </message>
    <message>
        <source>No data · login refused</source>
        <translation>Keine Daten · Anmeldung abgewiesen</translation>
    </message>
    <message>
        <source>No data for %1</source>
        <translation>Keine Daten seit %1</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source> (reported by applications)</source>
        <translation> (laut Anwendungen)</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Langsam</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ausgefallen</translation>
    </message>
    <message>
        <source>Draining</source>
        <translation>Wird geleert</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>Stockt</translation>
    </message>
    <message>
        <source>Drained</source>
        <translation>Geleert</translation>
    </message>
    <message>
        <source>Safe to stop</source>
        <translation>Sicher zu stoppen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Who keeps sessions there:</source>
        <translation>Wer dort Sitzungen hält:</translation>
    </message>
    <message>
        <source>Pool %1, %2 UTC</source>
        <comment>name, time</comment>
        <translation>Pool %1, %2 UTC</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Who is on it</source>
        <translation>Wer darauf ist</translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>a share in percent</comment>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%n in use</source>
        <translation>
            <numerusform>%n benutzt</numerusform>
            <numerusform>%n benutzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in a transaction</source>
        <translation>
            <numerusform>%n in einer Transaktion</numerusform>
            <numerusform>%n in einer Transaktion</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) in five minutes</source>
        <translation>
            <numerusform>%n Fehler in fünf Minuten</numerusform>
            <numerusform>%n Fehler in fünf Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>drained by %1</source>
        <translation>geleert von %1</translation>
    </message>
    <message>
        <source>no application reports</source>
        <translation>keine Anwendung berichtet</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>sessions in applications</comment>
        <translation>%1 in %2</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n Anwendung</numerusform>
            <numerusform>%n Anwendungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent</source>
        <translation>
            <numerusform>%n Anwendung schweigt</numerusform>
            <numerusform>%n Anwendungen schweigen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n up</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%1 von %n läuft</numerusform>
            <numerusform>%1 von %n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slow</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n langsam</numerusform>
            <numerusform>%n langsam</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draining</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n wird geleert</numerusform>
            <numerusform>%n werden geleert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drained</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n geleert</numerusform>
            <numerusform>%n geleert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being checked</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n wird geprüft</numerusform>
            <numerusform>%n werden geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n down</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n ausgefallen</numerusform>
            <numerusform>%n ausgefallen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without data</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n ohne Daten</numerusform>
            <numerusform>%n ohne Daten</numerusform>
        </translation>
    </message>
    <message>
        <source>(known to the drain directory only)</source>
        <translation>(nur dem Leerungsverzeichnis bekannt)</translation>
    </message>
    <message>
        <source>Show a simulated pool, to try the window.</source>
        <translation>Einen erfundenen Pool zeigen, um sich umzusehen.</translation>
    </message>
    <message>
        <source>Show TEXT in a coloured strip above the pools, as in PRODUCTION.</source>
        <translation>TEXT in einem farbigen Streifen über den Pools zeigen, z. B. PRODUKTION.</translation>
    </message>
    <message>
        <source>Keep columns, sizes and pools in FILE instead of the user&apos;s settings.</source>
        <translation>Spalten, Größen und Pools in FILE statt in den Einstellungen des Benutzers aufbewahren.</translation>
    </message>
    <message>
        <source>Save a picture of the window to FILE (.png), then end.</source>
        <translation>Ein Bild des Fensters in FILE (.png) speichern, dann enden.</translation>
    </message>
    <message>
        <source>When the picture is made. Default: 5.</source>
        <translation>Wann das Bild gemacht wird. Vorgabe: 5.</translation>
    </message>
    <message>
        <source>Shows which database servers the QPROXYSQL applications of this machine use, who is on them, and steers it: drain a server, know when it is safe to stop, bring it back.</source>
        <translation>Zeigt, welche Datenbankserver die QPROXYSQL-Anwendungen dieses Rechners benutzen und wer darauf ist, und steuert es: einen Server leeren, wissen, wann er gestoppt werden kann, ihn zurückholen.</translation>
    </message>
    <message>
        <source>Show this.</source>
        <translation>Dies zeigen.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Die Version zeigen.</translation>
    </message>
    <message>
        <source>Pool files to open.</source>
        <translation>Pooldateien, die geöffnet werden.</translation>
    </message>
    <message>
        <source>--%1 needs a value: %2</source>
        <translation>--%1 braucht einen Wert: %2</translation>
    </message>
    <message>
        <source>--picture-after %1 is not allowed; allowed is a number of seconds above 0, as in 5 or 0.5</source>
        <translation>--picture-after %1 ist nicht erlaubt; erlaubt ist eine Zahl von Sekunden über 0, z. B. 5 oder 0.5</translation>
    </message>
    <message>
        <source>Listed by the server itself; they belong to no application that reports here</source>
        <translation>Vom Server selbst aufgeführt; sie gehören keiner Anwendung, die hier berichtet</translation>
    </message>
    <message>
        <source>--control-schema %1 is not allowed; allowed are 1 to 64 letters, digits and &apos;_&apos;</source>
        <translation>--control-schema %1 ist nicht erlaubt; erlaubt sind 1 bis 64 Buchstaben, Ziffern und &apos;_&apos;</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>sessions</comment>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>Widerspruch</translation>
    </message>
    <message>
        <source>No recent answer</source>
        <translation>Keine Antwort in letzter Zeit</translation>
    </message>
    <message>
        <source>no other peer is proven to be up</source>
        <translation>von keinem anderen Peer ist belegt, dass er läuft</translation>
    </message>
    <message>
        <source>No other peer of pool %1 is proven to be up: no peer may be left to serve. After Tools &gt; Log In this window probes them itself.</source>
        <translation>Von keinem anderen Peer des Pools %1 ist belegt, dass er läuft: vielleicht bleibt niemand für den Dienst. Nach Extras &gt; Anmelden prüft dieses Fenster sie selbst.</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>GESTOPPT</translation>
    </message>
    <message>
        <source>it was safe to stop, and does not answer any more</source>
        <translation>er war sicher zu stoppen und antwortet nicht mehr</translation>
    </message>
    <message>
        <source>as far as could be checked</source>
        <translation>soweit es geprüft werden konnte</translation>
    </message>
    <message>
        <source>NOT KNOWN TO BE SAFE TO STOP</source>
        <translation>NICHT BEKANNT, OB SICHER ZU STOPPEN</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) now</source>
        <translation>
            <numerusform>jetzt %n Sitzung</numerusform>
            <numerusform>jetzt %n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>No healthy peer of pool %1 would be left to serve.</source>
        <translation>Kein gesunder Peer von Pool %1 bliebe übrig, der bedient.</translation>
    </message>
    <message>
        <source>Pinned (temporary tables, locks …)</source>
        <translation>Festgehalten (temporäre Tabellen, Sperren …)</translation>
    </message>
    <message>
        <source>Parked for the next open()</source>
        <translation>Bereit für das nächste open()</translation>
    </message>
    <message>
        <source>open transaction, %1</source>
        <translation>offene Transaktion, %1</translation>
    </message>
    <message>
        <source>idle for %1</source>
        <translation>untätig seit %1</translation>
    </message>
    <message>
        <source>when it has read its results</source>
        <translation>wenn sie ihre Ergebnisse gelesen hat</translation>
    </message>
    <message>
        <source>when it closes the connection</source>
        <translation>wenn sie die Verbindung schließt</translation>
    </message>
    <message>
        <source>at COMMIT or ROLLBACK</source>
        <translation>mit COMMIT oder ROLLBACK</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>Transactions replayed</source>
        <translation>Wiederholte Transaktionen</translation>
    </message>
    <message>
        <source>Transactions lost</source>
        <translation>Verlorene Transaktionen</translation>
    </message>
    <message>
        <source>%1. Also %2.</source>
        <comment>who keeps sessions there</comment>
        <translation>%1. Außerdem: %2.</translation>
    </message>
    <message>
        <source>No application reports it, and no account is known: log in with Tools &gt; Log In (Ctrl+L)</source>
        <translation>Keine Anwendung meldet ihn, und kein Konto ist bekannt: melden Sie sich an mit Extras &gt; Anmelden (Strg+L)</translation>
    </message>
    <message>
        <source>forgotten?</source>
        <translation>vergessen?</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Statements/s</source>
        <translation>Anweisungen/s</translation>
    </message>
    <message>
        <source>Connect time (ms)</source>
        <translation>Verbindungszeit (ms)</translation>
    </message>
    <message>
        <source>Errors per %1</source>
        <translation>Fehler je %1</translation>
    </message>
    <message>
        <source>Moves per %1</source>
        <translation>Umzüge je %1</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 insgesamt</translation>
    </message>
    <message>
        <source>Now: %1.</source>
        <translation>Jetzt: %1.</translation>
    </message>
    <message>
        <source>In %1: from %2 to %3.</source>
        <translation>In %1: von %2 bis %3.</translation>
    </message>
    <message>
        <source>It works: it has answered within the last %1 s</source>
        <translation>Er arbeitet: er hat in den letzten %1 s geantwortet</translation>
    </message>
    <message>
        <source>It works, but connecting takes %1 times as long as its pool&apos;s median, or longer, and at least %2 ms</source>
        <translation>Er arbeitet, aber eine Verbindung dauert das %1-Fache des Medians seines Pools oder länger, und mindestens %2 ms</translation>
    </message>
    <message>
        <source>An application has lost a session there; a probe decides</source>
        <translation>Eine Anwendung hat dort eine Sitzung verloren; eine Probe entscheidet</translation>
    </message>
    <message>
        <source>It cannot be used</source>
        <translation>Er kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>An operator has asked for a drain; applications are leaving</source>
        <translation>Jemand lässt ihn leeren; die Anwendungen verlassen ihn</translation>
    </message>
    <message>
        <source>It drains, and no session has left for a while</source>
        <translation>Er wird geleert, und seit einer Weile ist keine Sitzung gegangen</translation>
    </message>
    <message>
        <source>No session is left, but not all checks hold yet: do not stop it</source>
        <translation>Keine Sitzung ist übrig, aber noch nicht alle Prüfungen sind bestanden: nicht anhalten</translation>
    </message>
    <message>
        <source>Every check holds: the server may be stopped</source>
        <translation>Alle Prüfungen sind bestanden: der Server darf angehalten werden</translation>
    </message>
    <message>
        <source>It was safe to stop and does not answer any more: no alarm</source>
        <translation>Er durfte angehalten werden und antwortet nicht mehr: kein Alarm</translation>
    </message>
    <message>
        <source>Nobody knows, or nobody has found out within the last %1 s</source>
        <translation>Niemand weiß es, oder niemand hat es in den letzten %1 s festgestellt</translation>
    </message>
</context>
<context>
    <name>QProxySqlRolling</name>
    <message>
        <source>%1 is damaged: %2. It is left alone: move it away</source>
        <translation>%1 ist beschädigt: %2. Die Datei bleibt, wie sie ist: Schieben Sie sie beiseite</translation>
    </message>
    <message>
        <source>a rolling restart by %1 is under way</source>
        <translation>ein rollierender Neustart von %1 ist im Gange</translation>
    </message>
    <message>
        <source>another rolling restart is under way</source>
        <translation>ein anderer rollierender Neustart ist im Gange</translation>
    </message>
    <message>
        <source>a rolling restart by %1 is unfinished and is at %2. &quot;qproxysql-ctl rolling --abort&quot; ends one that was interrupted</source>
        <translation>ein rollierender Neustart von %1 ist nicht beendet und ist bei %2. &quot;qproxysql-ctl rolling --abort&quot; beendet einen, der unterbrochen wurde</translation>
    </message>
    <message>
        <source>it is no record of a rolling restart in format %1</source>
        <translation>sie enthält keinen rollierenden Neustart im Format %1</translation>
    </message>
    <message>
        <source>peer %1 is not understood</source>
        <translation>Peer %1 ist nicht verständlich</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>%1 is drained by %2</source>
        <translation>%1 wird von %2 geleert</translation>
    </message>
    <message>
        <source>another drain is under way: %1</source>
        <translation>eine andere Leerung ist im Gange: %1</translation>
    </message>
    <message>
        <source>not proven to be up: %1</source>
        <translation>nicht nachweislich erreichbar: %1</translation>
    </message>
    <message>
        <source>%1 is drained by %2 now</source>
        <translation>%1 wird jetzt von %2 geleert</translation>
    </message>
    <message>
        <source>%1 was resumed by %2</source>
        <translation>%1 wurde von %2 freigegeben</translation>
    </message>
    <message>
        <source>%1 is not safe to stop after %2 s: %3</source>
        <translation>%1 ist nach %2 s nicht sicher zu stoppen: %3</translation>
    </message>
    <message>
        <source>%1 was resumed by %2: it may not be stopped any more</source>
        <translation>%1 wurde von %2 freigegeben und darf nicht mehr gestoppt werden</translation>
    </message>
    <message>
        <source>the request for %1 had no answer within %2 s</source>
        <translation>die Anforderung für %1 bekam innerhalb von %2 s keine Antwort</translation>
    </message>
    <message>
        <source>%1 was not stopped within %2 s</source>
        <translation>%1 wurde nicht innerhalb von %2 s gestoppt</translation>
    </message>
    <message>
        <source>%1 did not come back within %2 s: %3</source>
        <translation>%1 kam nicht innerhalb von %2 s zurück: %3</translation>
    </message>
    <message>
        <source>the command for %1 has not ended after %2 s</source>
        <translation>der Befehl für %1 ist nach %2 s nicht zu Ende</translation>
    </message>
    <message>
        <source>%1 is back, but not ready after %2 s: %3</source>
        <translation>%1 ist zurück, aber nach %2 s nicht bereit: %3</translation>
    </message>
    <message>
        <source>%1 was resumed, but is not usable: %2</source>
        <translation>%1 wurde freigegeben, ist aber nicht zu gebrauchen: %2</translation>
    </message>
    <message>
        <source>%1 was resumed, but is not used yet after %2 s by %3</source>
        <translation>%1 wurde freigegeben, wird aber nach %2 s noch nicht benutzt von %3</translation>
    </message>
    <message>
        <source>the command for %1 ended with %2</source>
        <translation>der Befehl für %1 endete mit %2</translation>
    </message>
    <message>
        <source>%1: checking that all peers of its pools are up</source>
        <translation>%1: prüft, ob alle Peers seiner Pools erreichbar sind</translation>
    </message>
    <message>
        <source>%1: draining</source>
        <translation>%1: wird geleert</translation>
    </message>
    <message>
        <source>%1: safe to stop, waiting until it has stopped</source>
        <translation>%1: sicher zu stoppen, wartet, bis er gestoppt ist</translation>
    </message>
    <message>
        <source>%1: has stopped, waiting until it answers again</source>
        <translation>%1: ist gestoppt, wartet, bis er wieder antwortet</translation>
    </message>
    <message>
        <source>%1: was restarted, waiting until it is ready</source>
        <translation>%1: wurde neu gestartet, wartet, bis er bereit ist</translation>
    </message>
    <message>
        <source>%1: ready, waiting until applications use it</source>
        <translation>%1: bereit, wartet, bis Anwendungen ihn benutzen</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1: fertig</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%1 of %n reachable</source>
        <translation>
            <numerusform>%1 von %n erreichbar</numerusform>
            <numerusform>%1 von %n erreichbar</numerusform>
        </translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>no TLS</source>
        <translation>ohne TLS</translation>
    </message>
    <message>
        <source>TLS in part</source>
        <translation>teils TLS</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Whether the window&apos;s own connections are encrypted</source>
        <translation>Ob die eigenen Verbindungen des Fensters verschlüsselt sind</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>every %1 s</source>
        <translation>alle %1 s</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>read-write</source>
        <translation>lesen und schreiben</translation>
    </message>
    <message numerus="yes">
        <source>%n new event(s)</source>
        <translation>
            <numerusform>%n neues Ereignis</numerusform>
            <numerusform>%n neue Ereignisse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::AddPoolDialog</name>
    <message>
        <source>Add Pool</source>
        <translation>Pool hinzufügen</translation>
    </message>
    <message>
        <source>as applications call it, as in: orders</source>
        <translation>wie Anwendungen ihn nennen, z. B.: orders</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Peers:</source>
        <translation>&amp;Peers:</translation>
    </message>
    <message>
        <source>none: only what applications report is seen</source>
        <translation>keiner: nur was Anwendungen berichten, ist zu sehen</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>Ben&amp;utzer:</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>Pass&amp;wort:</translation>
    </message>
    <message>
        <source>Results of the connection test</source>
        <translation>Ergebnisse des Verbindungstests</translation>
    </message>
    <message>
        <source>The connection test&apos;s results appear here.</source>
        <translation>Hier erscheinen die Ergebnisse des Verbindungstests.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Test Connection</source>
        <translation>Verbindung &amp;testen</translation>
    </message>
    <message numerus="yes">
        <source>Connecting to %n peer(s)...</source>
        <translation>
            <numerusform>Verbindung zu %n Peer ...</numerusform>
            <numerusform>Verbindung zu %n Peers ...</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: good, %2, %3 ms</source>
        <translation>%1: gut, %2, %3 ms</translation>
    </message>
    <message>
        <source>%1: failed, %2</source>
        <translation>%1: fehlgeschlagen, %2</translation>
    </message>
    <message>
        <source>    its list of sessions is not seen: %1</source>
        <translation>    seine Liste der Sitzungen ist nicht zu sehen: %1</translation>
    </message>
    <message>
        <source>Edit Pool</source>
        <translation>Pool bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>Spei&amp;chern</translation>
    </message>
</context>
<context>
    <name>qproxysql::ApplicationsModel</name>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Knows drain</source>
        <translation>Weiß davon</translation>
    </message>
    <message>
        <source>Kept by</source>
        <translation>Gehalten durch</translation>
    </message>
    <message>
        <source>Ends when</source>
        <translation>Endet</translation>
    </message>
</context>
<context>
    <name>qproxysql::BannerStrip</name>
    <message>
        <source>READ-ONLY</source>
        <translation>NUR LESEN</translation>
    </message>
</context>
<context>
    <name>qproxysql::DetailsModel</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>qproxysql::DrainCardWidget</name>
    <message>
        <source>Cop&amp;y Report</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Progress of the drain</source>
        <translation>Fortschritt der Leerung</translation>
    </message>
    <message>
        <source>&amp;Resume %1</source>
        <translation>%1 &amp;freigeben</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 freigeben</translation>
    </message>
</context>
<context>
    <name>qproxysql::DrainDialog</name>
    <message>
        <source>Drain %1</source>
        <translation>%1 leeren</translation>
    </message>
    <message>
        <source>All applications leave %1 and do not use it again until somebody resumes it. Nothing is killed: transactions end first.</source>
        <translation>Alle Anwendungen verlassen %1 und benutzen ihn nicht wieder, bis jemand ihn freigibt. Nichts wird abgebrochen: Transaktionen enden zuerst.</translation>
    </message>
    <message>
        <source>Sessions:</source>
        <translation>Sitzungen:</translation>
    </message>
    <message>
        <source>They go to:</source>
        <translation>Sie gehen zu:</translation>
    </message>
    <message>
        <source>Others:</source>
        <translation>Übrige:</translation>
    </message>
    <message>
        <source>for others to read, for example: kernel update</source>
        <translation>für alle, die es sehen, z. B.: Kernel-Update</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>&amp;Grund:</translation>
    </message>
    <message>
        <source>The pool&apos;s name</source>
        <translation>Der Name des Pools</translation>
    </message>
    <message>
        <source>&amp;Drain %1</source>
        <translation>%1 &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Copy as Co&amp;mmand</source>
        <translation>Als B&amp;efehl kopieren</translation>
    </message>
    <message>
        <source>To drain it anyway, type the &amp;pool&apos;s name, %1:</source>
        <translation>Um ihn trotzdem zu leeren, geben Sie den Namen des &amp;Pools ein, %1:</translation>
    </message>
    <message>
        <source>%1: %2 now, about %3 more</source>
        <translation>%1: jetzt %2, etwa %3 mehr</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>%1 is no longer known here.</source>
        <translation>%1 ist hier nicht mehr bekannt.</translation>
    </message>
    <message>
        <source>%1: %2 now, about %3 more, limit %4</source>
        <translation>%1: jetzt %2, etwa %3 mehr, Grenze %4</translation>
    </message>
    <message>
        <source>This drain is under way already.</source>
        <translation>Diese Leerung ist schon im Gange.</translation>
    </message>
    <message>
        <source>Not all of them can be drained at once.</source>
        <translation>Sie können nicht alle auf einmal geleert werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <comment>that are drained</comment>
        <translation>
            <numerusform>%n Peer</numerusform>
            <numerusform>%n Peers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::EventsModel</name>
    <message>
        <source>Drain</source>
        <translation>Leerung</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Mark vanished</source>
        <translation>Vermerk verschwunden</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Safe to stop</source>
        <translation>Sicher zu stoppen</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Application gone</source>
        <translation>Anwendung gegangen</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Langsam</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ausgefallen</translation>
    </message>
    <message>
        <source>Up again</source>
        <translation>Wieder da</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>Stockt</translation>
    </message>
    <message>
        <source>Forgotten?</source>
        <translation>Vergessen?</translation>
    </message>
</context>
<context>
    <name>qproxysql::EventsPane</name>
    <message>
        <source>Foll&amp;ow</source>
        <translation>&amp;Mitlaufen</translation>
    </message>
    <message>
        <source>Operators o&amp;nly</source>
        <translation>&amp;Nur Bediener</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Mitlaufen</translation>
    </message>
    <message>
        <source>Show the newest event whenever one comes</source>
        <translation>Das neueste Ereignis zeigen, wann immer eines kommt</translation>
    </message>
    <message>
        <source>Operators only</source>
        <translation>Nur Bediener</translation>
    </message>
    <message>
        <source>Show only what operators did</source>
        <translation>Nur zeigen, was Bediener getan haben</translation>
    </message>
</context>
<context>
    <name>qproxysql::FirstRunPage</name>
    <message>
        <source>No application reports yet</source>
        <translation>Noch berichtet keine Anwendung</translation>
    </message>
    <message>
        <source>Applications of this machine that use QPROXYSQL appear here by themselves, with the pools that they use. Nothing need be set up for that.</source>
        <translation>Anwendungen dieses Rechners, die QPROXYSQL benutzen, erscheinen hier von selbst, mit den Pools, die sie benutzen. Dafür muss nichts eingerichtet werden.</translation>
    </message>
    <message>
        <source>You can also name the servers yourself, or look around in a pool that is made up:</source>
        <translation>Sie können die Server auch selbst nennen oder sich in einem erfundenen Pool umsehen:</translation>
    </message>
    <message>
        <source>&amp;Add Pool...</source>
        <translation>Pool hin&amp;zufügen...</translation>
    </message>
    <message>
        <source>&amp;Open Pool File...</source>
        <translation>Pooldatei ö&amp;ffnen...</translation>
    </message>
    <message>
        <source>&amp;Demo Pool</source>
        <translation>Demo-P&amp;ool</translation>
    </message>
    <message>
        <source>Looking in %1</source>
        <translation>Gesucht wird in %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::GraphsPane</name>
    <message>
        <source>The last %1</source>
        <translation>Die letzten %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginDialog</name>
    <message>
        <source>With an account of its own the window sees connect times and, with the right PROCESS, everybody&apos;s sessions.</source>
        <translation>Mit einem eigenen Konto sieht das Fenster Verbindungszeiten und, mit dem Recht PROCESS, die Sitzungen aller.</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>Ben&amp;utzer:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
    <message>
        <source>&amp;Keep it in the keychain</source>
        <translation>Im &amp;Schlüsselbund aufbewahren</translation>
    </message>
    <message>
        <source>&amp;Log In</source>
        <translation>An&amp;melden</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Auswählen: %1</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.key)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>C&amp;A certificate:</source>
        <translation>C&amp;A-Zertifikat:</translation>
    </message>
    <message>
        <source>none: without TLS</source>
        <translation>keines: ohne TLS</translation>
    </message>
    <message>
        <source>Cl&amp;ient certificate:</source>
        <translation>Cl&amp;ient-Zertifikat:</translation>
    </message>
    <message>
        <source>only where the account requires one</source>
        <translation>nur wo das Konto eines verlangt</translation>
    </message>
    <message>
        <source>Client k&amp;ey:</source>
        <translation>Client-&amp;Schlüssel:</translation>
    </message>
    <message>
        <source>Log in to the servers of %1</source>
        <translation>Anmelden bei den Servern von %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginKeeper</name>
    <message>
        <source>the keychain did not take the password: %1</source>
        <translation>der Schlüsselbund hat das Passwort nicht angenommen: %1</translation>
    </message>
    <message>
        <source>no password was given for %1</source>
        <translation>für %1 wurde kein Passwort angegeben</translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginPrompts</name>
    <message>
        <source>No probes of %1: %2</source>
        <translation>Keine Prüfung von %1: %2</translation>
    </message>
    <message>
        <source>Probes of %1 are refused: %2</source>
        <translation>Prüfungen von %1 werden abgewiesen: %2</translation>
    </message>
    <message>
        <source>Lo&amp;g In...</source>
        <translation>Anme&amp;lden...</translation>
    </message>
    <message numerus="yes">
        <source>Login as %1 refused on %n server(s). Showing only what applications report.</source>
        <translation>
            <numerusform>Anmeldung als %1 auf %n Server abgewiesen. Gezeigt wird nur, was Anwendungen melden.</numerusform>
            <numerusform>Anmeldung als %1 auf %n Servern abgewiesen. Gezeigt wird nur, was Anwendungen melden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No data about %n server(s) of %1: no application reports them, and no account is known. Log in to see them.</source>
        <translation>
            <numerusform>Keine Daten über %n Server von %1: keine Anwendung meldet ihn, und kein Konto ist bekannt. Melden Sie sich an, um ihn zu sehen.</numerusform>
            <numerusform>Keine Daten über %n Server von %1: keine Anwendung meldet sie, und kein Konto ist bekannt. Melden Sie sich an, um sie zu sehen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::MainWindow</name>
    <message>
        <source>qproxysql-monitor: the picture cannot be saved in %1; allowed is a file of a kind as .png in a folder that exists</source>
        <translation>qproxysql-monitor: Das Bild kann nicht in %1 gespeichert werden; erlaubt ist eine Datei der Art .png in einem Ordner, den es gibt</translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor</source>
        <translation>QPROXYSQL-Monitor</translation>
    </message>
    <message numerus="yes">
        <source>You may quit: the drain of %1 goes on without this window, since it is kept in the drain directory. It ends when somebody resumes the peer.</source>
        <translation>
            <numerusform>Das Fenster darf geschlossen werden: Die Leerung von %1 läuft ohne es weiter, denn sie steht im Leerungsverzeichnis. Sie endet, wenn jemand den Peer freigibt.</numerusform>
            <numerusform>Das Fenster darf geschlossen werden: Die Leerungen von %1 laufen ohne es weiter, denn sie stehen im Leerungsverzeichnis. Sie enden, wenn jemand die Peers freigibt.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Fenster &amp;schließen</translation>
    </message>
    <message>
        <source>About Qt</source>
        <translation>Über Qt</translation>
    </message>
    <message>
        <source>This program uses Qt %1.</source>
        <translation>Dieses Programm benutzt Qt %1.</translation>
    </message>
    <message>
        <source>Export Pool</source>
        <translation>Pool exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>The pool was not exported to %1: %2</source>
        <translation>Der Pool wurde nicht nach %1 exportiert: %2</translation>
    </message>
    <message>
        <source>Record Events to File</source>
        <translation>Ereignisse in Datei aufzeichnen</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>About QPROXYSQL Monitor</source>
        <translation>Über QPROXYSQL-Monitor</translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor %1</source>
        <translation>QPROXYSQL-Monitor %1</translation>
    </message>
    <message>
        <source>Shows and steers which database servers QPROXYSQL applications use.</source>
        <translation>Zeigt und steuert, welche Datenbankserver QPROXYSQL-Anwendungen benutzen.</translation>
    </message>
    <message>
        <source>%1 - QPROXYSQL Monitor</source>
        <translation>%1 – QPROXYSQL-Monitor</translation>
    </message>
    <message>
        <source>For&amp;get File</source>
        <translation>Datei ver&amp;gessen</translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor, paused</source>
        <translation>QPROXYSQL-Monitor, angehalten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more pool(s)</source>
        <translation>
            <numerusform>und %n weiterer Pool</numerusform>
            <numerusform>und %n weitere Pools</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>qproxysql::MonitorActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Add Pool...</source>
        <translation>Pool &amp;hinzufügen...</translation>
    </message>
    <message>
        <source>&amp;Open Pool File...</source>
        <translation>Pooldatei ö&amp;ffnen...</translation>
    </message>
    <message>
        <source>&amp;Demo Pool</source>
        <translation>&amp;Demo-Pool</translation>
    </message>
    <message>
        <source>&amp;Close Pool</source>
        <translation>Pool &amp;schließen</translation>
    </message>
    <message>
        <source>&amp;Export Pool...</source>
        <translation>Pool &amp;exportieren...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Peer</source>
        <translation>&amp;Peer</translation>
    </message>
    <message>
        <source>&amp;Copy Rows</source>
        <translation>Zeilen &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy Re&amp;port</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy as Co&amp;mmand</source>
        <translation>Als B&amp;efehl kopieren</translation>
    </message>
    <message>
        <source>&amp;Drain</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>Re&amp;check</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>&amp;Drain...</source>
        <translation>&amp;Leeren...</translation>
    </message>
    <message>
        <source>&amp;Drain %1...</source>
        <translation>%1 &amp;leeren...</translation>
    </message>
    <message>
        <source>Drain...</source>
        <translation>Leeren...</translation>
    </message>
    <message>
        <source>&amp;Resume %1</source>
        <translation>%1 &amp;freigeben</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Rec&amp;heck Now</source>
        <translation>&amp;Jetzt prüfen</translation>
    </message>
    <message>
        <source>Rec&amp;heck %1 Now</source>
        <translation>%1 &amp;jetzt prüfen</translation>
    </message>
    <message>
        <source>Recheck now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Have all applications leave the peer (%1)</source>
        <translation>Alle Anwendungen den Peer verlassen lassen (%1)</translation>
    </message>
    <message>
        <source>Let applications use the peer again (%1)</source>
        <translation>Anwendungen den Peer wieder benutzen lassen (%1)</translation>
    </message>
    <message>
        <source>Try now whether the peer answers (%1)</source>
        <translation>Jetzt versuchen, ob der Peer antwortet (%1)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Problems &amp;Only</source>
        <translation>Nur P&amp;robleme</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>&amp;Who Is Still on It</source>
        <translation>&amp;Wer ist noch darauf</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>Ein&amp;zelheiten</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Next Pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Pre&amp;vious Pane</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>Next Poo&amp;l</source>
        <translation>Nächster Poo&amp;l</translation>
    </message>
    <message>
        <source>Previo&amp;us Pool</source>
        <translation>Vori&amp;ger Pool</translation>
    </message>
    <message>
        <source>&amp;Interval</source>
        <translation>&amp;Intervall</translation>
    </message>
    <message>
        <source>Every %1 s</source>
        <translation>Alle %1 s</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>&amp;Log In...</source>
        <translation>An&amp;melden...</translation>
    </message>
    <message>
        <source>&amp;Record Events to File...</source>
        <translation>Ereignisse in &amp;Datei aufzeichnen...</translation>
    </message>
    <message>
        <source>&amp;Settings...</source>
        <translation>&amp;Einstellungen...</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;About QPROXYSQL Monitor</source>
        <translation>Ü&amp;ber QPROXYSQL-Monitor</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Problems only</source>
        <translation>Nur Probleme</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>R&amp;olling Restart...</source>
        <translation>Rollierender &amp;Neustart...</translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <comment>on a button</comment>
        <translation>
            <numerusform>%n Peer</numerusform>
            <numerusform>%n Peers</numerusform>
        </translation>
    </message>
    <message>
        <source>Drain %1...</source>
        <translation>%1 leeren...</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 freigeben</translation>
    </message>
    <message>
        <source>Recheck %1</source>
        <translation>%1 prüfen</translation>
    </message>
    <message>
        <source>Ed&amp;it Pool...</source>
        <translation>Pool bea&amp;rbeiten...</translation>
    </message>
    <message>
        <source>&amp;Graphs</source>
        <translation>&amp;Kurven</translation>
    </message>
    <message>
        <source>&amp;Glyphs and Columns</source>
        <translation>&amp;Symbole und Spalten</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Operator&apos;s Guide</source>
        <translation>&amp;Leitfaden für den Betrieb</translation>
    </message>
</context>
<context>
    <name>qproxysql::OpenPools</name>
    <message>
        <source>Open Pool File</source>
        <translation>Pooldatei öffnen</translation>
    </message>
    <message>
        <source>Pool files (*.ini)</source>
        <translation>Pooldateien (*.ini)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>qproxysql::PeersModel</name>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Host and port, as configured</source>
        <translation>Rechner und Port, wie eingerichtet</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>What is observed, and what operators want</source>
        <translation>Was beobachtet wird, und was Bediener wollen</translation>
    </message>
    <message>
        <source>Sess.</source>
        <translation>Sitz.</translation>
    </message>
    <message>
        <source>Sessions that applications report</source>
        <translation>Sitzungen, die Anwendungen berichten</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Sessions that are held by an open connection</source>
        <translation>Sitzungen, die eine offene Verbindung hält</translation>
    </message>
    <message>
        <source>In tx</source>
        <translation>In TA</translation>
    </message>
    <message>
        <source>Sessions with an open transaction</source>
        <translation>Sitzungen mit offener Transaktion</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Of all sessions of the pool</source>
        <translation>An allen Sitzungen des Pools</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verb.</translation>
    </message>
    <message>
        <source>How long our own last connection took</source>
        <translation>Wie lange unsere letzte Verbindung gebraucht hat</translation>
    </message>
    <message>
        <source>Err 5m</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Errors seen in the last five minutes</source>
        <translation>In den letzten fünf Minuten gesehene Fehler</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>How long the state has been as it is, as seen from here</source>
        <translation>Wie lange der Zustand schon so ist, von hier aus gesehen</translation>
    </message>
    <message>
        <source>Sessions over five minutes; an x where it was not reached</source>
        <translation>Sitzungen über fünf Minuten; ein x, wo er nicht erreicht wurde</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Sessions in the server&apos;s own list</source>
        <translation>Sitzungen in der Liste des Servers</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Weight in the pool file</source>
        <translation>Gewicht in der Pooldatei</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Sessions that the server allows</source>
        <translation>Sitzungen, die der Server erlaubt</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>What the server calls itself</source>
        <translation>Wie der Server sich nennt</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Whether our own connection is encrypted</source>
        <translation>Ob unsere eigene Verbindung verschlüsselt ist</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>What was seen last, here or by an application</source>
        <translation>Was zuletzt gesehen wurde, hier oder von einer Anwendung</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>Nächste Prüfung</translation>
    </message>
    <message>
        <source>When the first application rechecks it</source>
        <translation>Wann die erste Anwendung ihn wieder prüft</translation>
    </message>
    <message>
        <source>Drained by</source>
        <translation>Geleert von</translation>
    </message>
    <message>
        <source>Who asked for the drain</source>
        <translation>Wer die Leerung gewünscht hat</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Why it is drained</source>
        <translation>Warum er geleert wird</translation>
    </message>
    <message>
        <source>Sessions, last 5 min</source>
        <translation>Sitzungen, letzte 5 min</translation>
    </message>
</context>
<context>
    <name>qproxysql::PeersTable</name>
    <message>
        <source>Peers</source>
        <translation>Peers</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>&amp;Reset Columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
</context>
<context>
    <name>qproxysql::PoolPage</name>
    <message>
        <source>Panes</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>&amp;Who is still on it</source>
        <translation>&amp;Wer ist noch darauf</translation>
    </message>
    <message>
        <source>Detai&amp;ls</source>
        <translation>Einzelhei&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>&amp;Ereignisse</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Anwendungen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Select a peer to see who is on it.</source>
        <translation>Wählen Sie einen Peer, um zu sehen, wer darauf ist.</translation>
    </message>
    <message>
        <source>Nobody is known to be on %1.</source>
        <translation>Niemand ist bekannt, der auf %1 ist.</translation>
    </message>
    <message>
        <source>On %1:</source>
        <translation>Auf %1:</translation>
    </message>
    <message>
        <source>Select a peer to see its details.</source>
        <translation>Wählen Sie einen Peer, um seine Einzelheiten zu sehen.</translation>
    </message>
    <message>
        <source>Details of %1:</source>
        <translation>Einzelheiten von %1:</translation>
    </message>
    <message numerus="yes">
        <source>(%n more selected)</source>
        <comment>peers</comment>
        <translation>
            <numerusform>(und %n weiterer gewählt)</numerusform>
            <numerusform>(und %n weitere gewählt)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Graphs</source>
        <translation>&amp;Kurven</translation>
    </message>
    <message>
        <source>Select a peer to see its graphs.</source>
        <translation>Wählen Sie einen Peer, um seine Kurven zu sehen.</translation>
    </message>
    <message>
        <source>Graphs of %1:</source>
        <translation>Kurven von %1:</translation>
    </message>
</context>
<context>
    <name>qproxysql::PoolTabs</name>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>New pool</source>
        <translation>Neuer Pool</translation>
    </message>
    <message>
        <source>Add or open a pool</source>
        <translation>Einen Pool hinzufügen oder öffnen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>qproxysql::RollingDialog</name>
    <message>
        <source>Rolling Restart of %1</source>
        <translation>Rollierender Neustart von %1</translation>
    </message>
    <message>
        <source>Peers, in the order of their restart</source>
        <translation>Peers, in der Reihenfolge ihres Neustarts</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>Nach u&amp;nten</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>&amp;Grund:</translation>
    </message>
    <message>
        <source>for others to read, for example: kernel update</source>
        <translation>für alle, die es sehen, z. B.: Kernel-Update</translation>
    </message>
    <message>
        <source>Co&amp;mmand:</source>
        <translation>&amp;Kommando:</translation>
    </message>
    <message>
        <source>restarts $QPROXYSQL_HOST; empty: you are told when to do it</source>
        <translation>startet $QPROXYSQL_HOST neu; leer: Ihnen wird gesagt, wann Sie es tun</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>&amp;Beginnen</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;End It</source>
        <translation>Be&amp;enden</translation>
    </message>
    <message>
        <source>Copy &amp;as Command</source>
        <translation>&amp;Als Befehl kopieren</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>No peer is chosen.</source>
        <translation>Kein Peer ist gewählt.</translation>
    </message>
    <message>
        <source>Read-only window: nothing was changed.</source>
        <translation>Fenster nur zum Lesen: Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>All peers were restarted.</source>
        <translation>Alle Peers wurden neu gestartet.</translation>
    </message>
    <message>
        <source>Begun by %1, and interrupted.</source>
        <translation>Begonnen von %1 und unterbrochen.</translation>
    </message>
    <message>
        <source>Stopped at %1</source>
        <translation>Angehalten bei %1</translation>
    </message>
    <message>
        <source>Ended before all peers were restarted.</source>
        <translation>Beendet, bevor alle Peers neu gestartet waren.</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>&amp;Interrupt</source>
        <translation>&amp;Unterbrechen</translation>
    </message>
    <message>
        <source>It stops where it is, and can be continued later</source>
        <translation>Er hält an, wo er ist, und kann später fortgesetzt werden</translation>
    </message>
    <message>
        <source>One peer after the other is drained, restarted when it is safe, and resumed when it is ready. It stops when a step fails.</source>
        <translation>Ein Peer nach dem anderen wird geleert, neu gestartet, wenn es sicher ist, und freigegeben, wenn er bereit ist. Wenn ein Schritt fehlschlägt, hält es an.</translation>
    </message>
    <message>
        <source>Nothing is restarted yet</source>
        <translation>Noch wird nichts neu gestartet</translation>
    </message>
    <message>
        <source>SAFE TO STOP: restart %1 now</source>
        <translation>SICHER ZU STOPPEN: %1 jetzt neu starten</translation>
    </message>
    <message>
        <source>SAFE TO STOP: the command restarts %1</source>
        <translation>SICHER ZU STOPPEN: Der Befehl startet %1 neu</translation>
    </message>
    <message>
        <source>Do not stop any server now</source>
        <translation>Jetzt keinen Server stoppen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Nicht begonnen</translation>
    </message>
</context>
<context>
    <name>qproxysql::RowsView</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>qproxysql::SettingsDialog</name>
    <message>
        <source>&amp;Read-only: refuse to change anything</source>
        <translation>&amp;Nur lesen: nichts ändern</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>Ben&amp;utzer:</translation>
    </message>
    <message>
        <source>none: only what applications report is seen</source>
        <translation>keiner: nur was Anwendungen berichten, ist zu sehen</translation>
    </message>
    <message>
        <source>&amp;Password command:</source>
        <translation>&amp;Passwortbefehl:</translation>
    </message>
    <message>
        <source>prints the password, as in: pass show db/operator</source>
        <translation>gibt das Passwort aus, z. B.: pass show db/operator</translation>
    </message>
    <message>
        <source>&amp;Option file:</source>
        <translation>&amp;Optionsdatei:</translation>
    </message>
    <message>
        <source>my.cnf with user and password</source>
        <translation>my.cnf mit Benutzer und Passwort</translation>
    </message>
    <message>
        <source>&amp;Strip above the pools:</source>
        <translation>&amp;Streifen über den Pools:</translation>
    </message>
    <message>
        <source>as in: PRODUCTION</source>
        <translation>z. B.: PRODUKTION</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Account and read-only take effect at the next start. Passwords are never kept here.</source>
        <translation>Konto und Nur-lesen gelten vom nächsten Start an. Passwörter werden hier nie aufbewahrt.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>Spei&amp;chern</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Mark a drain as forgotten after, in hours</source>
        <translation>Eine Leerung als vergessen kennzeichnen nach, in Stunden</translation>
    </message>
    <message>
        <source> h</source>
        <translation> h</translation>
    </message>
    <message>
        <source>Drain for&amp;gotten after:</source>
        <translation>Leerung ver&amp;gessen nach:</translation>
    </message>
</context>
<context>
    <name>qproxysql::Steering</name>
    <message>
        <source>Rechecking %1...</source>
        <translation>%1 wird geprüft ...</translation>
    </message>
    <message>
        <source>%1. Nothing was changed. Drain it again and type the pool&apos;s name to do it anyway.</source>
        <translation>%1. Nichts wurde geändert. Leeren Sie ihn noch einmal und geben Sie den Namen des Pools ein, um es trotzdem zu tun.</translation>
    </message>
    <message>
        <source>%1 was not changed: %2</source>
        <translation>%1 wurde nicht geändert: %2</translation>
    </message>
    <message>
        <source>Drain of %1 requested, not yet safe to stop.</source>
        <translation>Leerung von %1 gewünscht, noch nicht sicher zu stoppen.</translation>
    </message>
    <message>
        <source>%1 is draining already.</source>
        <translation>%1 wird schon geleert.</translation>
    </message>
    <message>
        <source>%1 is in service again, but does not answer (%2); applications use it once it does.</source>
        <translation>%1 ist wieder in Betrieb, antwortet aber nicht (%2); Anwendungen benutzen ihn, sobald er es tut.</translation>
    </message>
    <message>
        <source>%1 is in service again.</source>
        <translation>%1 ist wieder in Betrieb.</translation>
    </message>
    <message>
        <source>%1 is in service already.</source>
        <translation>%1 ist schon in Betrieb.</translation>
    </message>
    <message>
        <source>Without an account %1 cannot be probed from here; applications recheck it by themselves.</source>
        <translation>Ohne Konto kann %1 von hier aus nicht geprüft werden; Anwendungen prüfen ihn von selbst.</translation>
    </message>
    <message>
        <source>%1 answers: %2, %3 ms.</source>
        <translation>%1 antwortet: %2, %3 ms.</translation>
    </message>
    <message>
        <source>%1 does not answer: %2</source>
        <translation>%1 antwortet nicht: %2</translation>
    </message>
    <message>
        <source>%1 was rechecked.</source>
        <translation>%1 wurde geprüft.</translation>
    </message>
    <message>
        <source>The report on %1 is in the clipboard.</source>
        <translation>Der Bericht über %1 ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Read-only window: %1 was not changed.</source>
        <translation>Fenster nur zum Lesen: %1 wurde nicht geändert.</translation>
    </message>
    <message>
        <source>Not written to %1</source>
        <translation>Nicht geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::WatchedSource</name>
    <message>
        <source>this machine</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>Demo</translation>
    </message>
</context>
<context>
    <name>EventMemory</name>
    <message>
        <source>up, was down when it was last seen</source>
        <translation>läuft, war ausgefallen, als es zuletzt gesehen wurde</translation>
    </message>
    <message>
        <source>events are not kept for the next start: %1</source>
        <translation>Ereignisse werden nicht für den nächsten Start aufgehoben: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of %1 could not be read and were left out</source>
        <translation>
            <numerusform>%n Zeile von %1 konnte nicht gelesen werden und wurde ausgelassen</numerusform>
            <numerusform>%n Zeilen von %1 konnten nicht gelesen werden und wurden ausgelassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>%1 (hidden by default)</source>
        <translation>%1 (anfangs verborgen)</translation>
    </message>
    <message>
        <source>Glyphs</source>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>qproxysql::AttentionBox</name>
    <message>
        <source>When nobody looks</source>
        <translation>Wenn niemand hinsieht</translation>
    </message>
    <message>
        <source>&amp;Icon in the tray, with the worst state</source>
        <translation>&amp;Infobereich: Symbol mit dem schlimmsten Zustand</translation>
    </message>
    <message>
        <source>C&amp;lose the window to the tray</source>
        <translation>S&amp;chließen verbirgt nur das Fenster</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>Dieser Desktop hat keinen Infobereich.</translation>
    </message>
    <message>
        <source>Desktop notifications:</source>
        <translation>Benachrichtigungen:</translation>
    </message>
    <message>
        <source>This desktop shows no notifications.</source>
        <translation>Dieser Desktop zeigt keine Benachrichtigungen.</translation>
    </message>
</context>
<context>
    <name>qproxysql::HelpDialog</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Legend and Keys</source>
        <translation>Legende und Tasten</translation>
    </message>
    <message>
        <source>Operator&apos;s Guide</source>
        <translation>Leitfaden für den Betrieb</translation>
    </message>
    <message>
        <source>The operator&apos;s guide is not installed.</source>
        <translation>Der Leitfaden für den Betrieb ist nicht installiert.</translation>
    </message>
    <message>
        <source>There is no %1. The guide is in the folder docs of QPROXYSQL&apos;s sources; Debian&apos;s package qproxysql-doc installs it.</source>
        <translation>%1 fehlt. Der Leitfaden liegt im Ordner docs der Quellen von QPROXYSQL; Debians Paket qproxysql-doc installiert ihn.</translation>
    </message>
</context>
<context>
    <name>qproxysql::NotificationService</name>
    <message>
        <source>QPROXYSQL Monitor</source>
        <translation>QPROXYSQL-Monitor</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
</context>
<context>
    <name>qproxysql::Notifications</name>
    <message>
        <source>Up again</source>
        <translation>Wieder da</translation>
    </message>
    <message>
        <source>Forgotten drain</source>
        <translation>Vergessene Leerung</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%1 und %n weiterer</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 more since the last notification</source>
        <translation>%1 weitere seit der letzten Benachrichtigung</translation>
    </message>
</context>
<context>
    <name>qproxysql::TrayIcon</name>
    <message>
        <source>&amp;Show Window</source>
        <translation>Fenster &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
</context>
</TS>
