<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>EventRecorder</name>
    <message>
        <source>events are not recorded in %1: %2</source>
        <translation>les événements ne sont pas enregistrés dans %1 : %2</translation>
    </message>
</context>
<context>
    <name>OwnPools</name>
    <message>
        <source>the pool has no name</source>
        <translation>le pool n&apos;a pas de nom</translation>
    </message>
    <message>
        <source>a pool &quot;%1&quot; was added already</source>
        <translation>un pool « %1 » a déjà été ajouté</translation>
    </message>
    <message>
        <source>the pools cannot be saved in %1: %2</source>
        <translation>les pools ne peuvent pas être enregistrés dans %1 : %2</translation>
    </message>
    <message>
        <source>the pools in %1 cannot be read, so they were left as they are: %2</source>
        <translation>les pools de %1 ne peuvent pas être lus et ont donc été laissés tels quels : %2</translation>
    </message>
    <message>
        <source>another window is changing the pools in %1; try again</source>
        <translation>une autre fenêtre est en train de modifier les pools de %1 ; réessayez</translation>
    </message>
    <message>
        <source>the pools in %1 cannot be changed: %2 cannot be made</source>
        <translation>les pools de %1 ne peuvent pas être modifiés : %2 ne peut pas être créé</translation>
    </message>
    <message>
        <source>no peer was given; allowed is a list of host:port or localhost:/path/of/socket, as in db1:3306, db2:3307</source>
        <translation>aucun nœud n&apos;est donné ; une liste d&apos;hôte:port ou de localhost:/chemin/du/socket est autorisée, comme db1:3306, db2:3307</translation>
    </message>
    <message>
        <source>there is no pool &quot;%1&quot; in %2 any more</source>
        <translation>il n’y a plus de pool &quot;%1&quot; dans %2</translation>
    </message>
</context>
<context>
    <name>QProxySql</name>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>En marche</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>En panne</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Pas prêt</translation>
    </message>
    <message>
        <source>Overloaded</source>
        <translation>Surchargé</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Bloqué</translation>
    </message>
    <message>
        <source>Misconfigured</source>
        <translation>Mal configuré</translation>
    </message>
    <message>
        <source>environment %1=%2 is not allowed; allowed is the absolute path of a folder</source>
        <translation>environnement %1=%2 non autorisé ; le chemin absolu d&apos;un dossier l&apos;est</translation>
    </message>
    <message>
        <source>there is no folder for the drain directory: %1 does not exist, this user has no home, and the environment variable %2 is not set</source>
        <translation>il n&apos;y a pas de dossier pour le répertoire de vidage : %1 n&apos;existe pas, cet utilisateur n&apos;a pas de répertoire personnel, et la variable d&apos;environnement %2 n&apos;est pas définie</translation>
    </message>
    <message>
        <source>the pool or another name of the server is too long, or there are too many names; allowed are %1 names of %2 characters each</source>
        <translation>le pool ou un autre nom du serveur est trop long, ou il y a trop de noms ; %1 noms de %2 caractères chacun sont autorisés</translation>
    </message>
    <message>
        <source>the reason or the name of the person is too long; allowed are %1 characters each</source>
        <translation>la raison ou le nom de la personne est trop long ; %1 caractères chacun sont autorisés</translation>
    </message>
    <message>
        <source>no application reports</source>
        <translation>aucune application ne rapporte</translation>
    </message>
    <message>
        <source>no application obeys</source>
        <translation>aucune application n&apos;obéit</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n application(s) know</source>
        <translation>
            <numerusform>%1 application sur %n est au courant</numerusform>
            <numerusform>%1 applications sur %n sont au courant</numerusform>
        </translation>
    </message>
    <message>
        <source>, not yet %1</source>
        <translation>, pas encore %1</translation>
    </message>
    <message>
        <source>; CONTROL=off: %1</source>
        <translation> ; CONTROL=off : %1</translation>
    </message>
    <message>
        <source>no session left in applications</source>
        <translation>plus de session dans les applications</translation>
    </message>
    <message>
        <source>%1 left in %2</source>
        <translation>reste %1 dans %2</translation>
    </message>
    <message>
        <source>server&apos;s list not checked</source>
        <translation>liste du serveur non vérifiée</translation>
    </message>
    <message>
        <source>server&apos;s list is empty</source>
        <translation>la liste du serveur est vide</translation>
    </message>
    <message numerus="yes">
        <source>server lists %n session(s): %1</source>
        <translation>
            <numerusform>le serveur liste %n session : %1</numerusform>
            <numerusform>le serveur liste %n sessions : %1</numerusform>
        </translation>
    </message>
    <message>
        <source>no application is silent</source>
        <translation>aucune application n&apos;est muette</translation>
    </message>
    <message numerus="yes">
        <source>%n silent application(s) passed over, as the operator wants it (accept silent): %1</source>
        <translation>
            <numerusform>%n application muette ignorée, comme le veut l&apos;opérateur (accept silent) : %1</numerusform>
            <numerusform>%n applications muettes ignorées, comme le veut l&apos;opérateur (accept silent) : %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent: %1</source>
        <translation>
            <numerusform>%n application muette : %1</numerusform>
            <numerusform>%n applications muettes : %1</numerusform>
        </translation>
    </message>
    <message>
        <source>; gone, as the server&apos;s list shows: %1</source>
        <translation> ; partie, comme le montre la liste du serveur : %1</translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n autre nœud en marche</numerusform>
            <numerusform>%n autres nœuds en marche</numerusform>
        </translation>
    </message>
    <message>
        <source>no other peer is up</source>
        <translation>aucun autre nœud n&apos;est en marche</translation>
    </message>
    <message>
        <source>sessions could not be counted</source>
        <translation>personne n&apos;a pu chercher des sessions</translation>
    </message>
    <message>
        <source>quiet %1 of %2 s</source>
        <translation>calme depuis %1 s sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) of clients that do not report here: %1</source>
        <translation>
            <numerusform>%n session n&apos;appartient à personne qui rapporte ici : %1</numerusform>
            <numerusform>%n sessions n&apos;appartiennent à personne qui rapporte ici : %1</numerusform>
        </translation>
    </message>
    <message>
        <source>it is not JSON: %1 (at byte %2)</source>
        <translation>ce n&apos;est pas du JSON : %1 (à l&apos;octet %2)</translation>
    </message>
    <message>
        <source>&quot;format&quot; is missing or is not understood; allowed is a whole number from 1</source>
        <translation>&quot;format&quot; manque ou n&apos;est pas compris ; un nombre entier à partir de 1 est autorisé</translation>
    </message>
    <message>
        <source>&quot;entries&quot; is missing or is not understood; allowed is a list</source>
        <translation>&quot;entries&quot; manque ou n&apos;est pas compris ; une liste est autorisée</translation>
    </message>
    <message>
        <source>&quot;entries&quot; has %1 entries; allowed are at most %2</source>
        <translation>&quot;entries&quot; a %1 entrées ; %2 au plus sont autorisées</translation>
    </message>
    <message>
        <source>entry %1: %2</source>
        <translation>entrée %1 : %2</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>manque</translation>
    </message>
    <message>
        <source>is not understood</source>
        <translation>n&apos;est pas compris</translation>
    </message>
    <message>
        <source>&quot;%1&quot; %2; allowed is %3</source>
        <translation>« %1 » %2 ; est autorisé : %3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is too long; allowed are %2 characters</source>
        <translation>« %1 » est trop long ; %2 caractères sont autorisés</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has %2 texts; allowed are at most %3</source>
        <translation>« %1 » a %2 textes ; %3 au plus sont autorisés</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>une liste de textes</translation>
    </message>
    <message>
        <source>the name of a pool, empty for all</source>
        <translation>le nom d&apos;un pool, vide pour tous</translation>
    </message>
    <message>
        <source>a whole number from 1 to %1</source>
        <translation>un nombre entier de 1 à %1</translation>
    </message>
    <message>
        <source>somebody else has changed %1 meanwhile</source>
        <translation>quelqu&apos;un d&apos;autre a changé %1 entre-temps</translation>
    </message>
    <message>
        <source>: %1</source>
        <translation> : %1</translation>
    </message>
    <message>
        <source>%1 is damaged: %2</source>
        <translation>%1 est endommagé : %2</translation>
    </message>
    <message>
        <source>. It is left alone: mend it, or move it away</source>
        <translation>. Il est laissé tel quel : réparez-le, ou mettez-le de côté</translation>
    </message>
    <message>
        <source>%1 has format %2; this version writes format %3 and would lose what it does not know. It is left alone: use the version that wrote it</source>
        <translation>%1 est au format %2 ; cette version écrit le format %3 et perdrait ce qu&apos;elle ne connaît pas. Il est laissé tel quel : utilisez la version qui l&apos;a écrit</translation>
    </message>
    <message>
        <source>%1 has %2 entries already, and more are not allowed. Remove those of peers that are no more</source>
        <translation>%1 a déjà %2 entrées, et il n&apos;en faut pas plus. Supprimez celles des nœuds qui n&apos;existent plus</translation>
    </message>
    <message>
        <source>%1 has a generation that none can be above</source>
        <translation>%1 a une génération qu&apos;aucune ne peut dépasser</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 et %n autre</numerusform>
            <numerusform>%1 et %n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n application</numerusform>
            <numerusform>%n applications</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2, pid %3)</source>
        <translation>%1 (%2, PID %3)</translation>
    </message>
    <message>
        <source>%1 does not follow it: in service in pool %2</source>
        <translation>%1 ne suit pas : en service dans le pool %2</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 depuis %2</translation>
    </message>
    <message>
        <source>it is silent: %1</source>
        <translation>elle est muette : %1</translation>
    </message>
    <message numerus="yes">
        <source>it does not obey (CONTROL=off), %n session(s)</source>
        <translation>
            <numerusform>elle n&apos;obéit pas (CONTROL=off), %n session</numerusform>
            <numerusform>elle n&apos;obéit pas (CONTROL=off), %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it has not noticed the drain, %n session(s)</source>
        <translation>
            <numerusform>elle n&apos;a pas remarqué le vidage, %n session</numerusform>
            <numerusform>elle n&apos;a pas remarqué le vidage, %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it does not follow the drain: in service in pool %1, %n session(s)</source>
        <translation>
            <numerusform>elle ne suit pas le vidage : en service dans le pool %1, %n session</numerusform>
            <numerusform>elle ne suit pas le vidage : en service dans le pool %1, %n sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>its socket is gone</source>
        <translation>son socket a disparu</translation>
    </message>
    <message>
        <source>%1 is the last healthy peer of pool %2: draining it would leave no peer to serve</source>
        <translation>%1 est le dernier nœud sain du pool %2 : le vider ne laisserait personne pour servir</translation>
    </message>
    <message>
        <source>not a process&apos;s report: %1</source>
        <translation>pas un rapport de processus : %1</translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation>pas un objet JSON</translation>
    </message>
    <message>
        <source>no JSON: %1</source>
        <translation>pas du JSON : %1</translation>
    </message>
    <message>
        <source>it has no &quot;format&quot;</source>
        <translation>il n&apos;a pas de « format »</translation>
    </message>
    <message>
        <source>it lacks &quot;process&quot; or &quot;pools&quot;</source>
        <translation>il lui manque « process » ou « pools »</translation>
    </message>
    <message>
        <source>a request is one line of at most %1 bytes</source>
        <translation>une requête est une ligne de %1 octets au plus</translation>
    </message>
    <message>
        <source>Folder for reports %1: %2</source>
        <translation>Dossier des rapports %1 : %2</translation>
    </message>
    <message>
        <source>it is no folder but a link or a file</source>
        <translation>ce n&apos;est pas un dossier mais un lien ou un fichier</translation>
    </message>
    <message>
        <source>it belongs to another user, and the folder around it is not shared with a group</source>
        <translation>il appartient à un autre utilisateur, et le dossier qui l&apos;entoure n&apos;est partagé avec aucun groupe</translation>
    </message>
    <message>
        <source>it cannot be made</source>
        <translation>il ne peut pas être créé</translation>
    </message>
    <message>
        <source>it does not answer in time</source>
        <translation>elle ne répond pas à temps</translation>
    </message>
    <message>
        <source>it does not accept in time</source>
        <translation>elle n&apos;accepte pas à temps</translation>
    </message>
    <message>
        <source>what it sends has no end</source>
        <translation>ce qu&apos;elle envoie n&apos;a pas de fin</translation>
    </message>
    <message>
        <source>it is the report of another process</source>
        <translation>c&apos;est le rapport d&apos;un autre processus</translation>
    </message>
    <message>
        <source>it hung up before the end of a line</source>
        <translation>elle a raccroché avant la fin d&apos;une ligne</translation>
    </message>
    <message>
        <source>no right to connect to %1</source>
        <translation>pas le droit de se connecter à %1</translation>
    </message>
    <message>
        <source>it has ended</source>
        <translation>elle s&apos;est terminée</translation>
    </message>
    <message>
        <source>there was no time to ask it</source>
        <translation>le temps a manqué pour l&apos;interroger</translation>
    </message>
    <message>
        <source>Socket for reports %1: %2</source>
        <translation>Socket des rapports %1 : %2</translation>
    </message>
    <message>
        <source>%1 others read here already</source>
        <translation>%1 autres lisent déjà ici</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>. Folder %1 belongs to user %2 and group %3</source>
        <translation>. Le dossier %1 appartient à l&apos;utilisateur %2 et au groupe %3</translation>
    </message>
    <message>
        <source>%1 cannot be made</source>
        <translation>%1 ne peut pas être créé</translation>
    </message>
    <message>
        <source>%1 cannot hold the drain directory</source>
        <translation>%1 ne peut pas contenir le répertoire de vidage</translation>
    </message>
    <message>
        <source>%1 cannot be locked</source>
        <translation>%1 ne peut pas être verrouillé</translation>
    </message>
    <message>
        <source>%1 is still locked by another process after %2 s</source>
        <translation>%1 est encore verrouillé par un autre processus après %2 s</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 ne peut pas être écrit</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 ne peut pas être lu</translation>
    </message>
    <message>
        <source>%1 is no file</source>
        <translation>%1 n&apos;est pas un fichier</translation>
    </message>
    <message>
        <source>%1 is damaged: it is larger than %2 bytes</source>
        <translation>%1 est endommagé : il dépasse %2 octets</translation>
    </message>
    <message>
        <source>column %1 is missing or not understood; allowed is %2</source>
        <translation>la colonne %1 manque ou n&apos;est pas comprise ; est autorisé : %2</translation>
    </message>
    <message>
        <source>the row of &quot;%1&quot;</source>
        <translation>la ligne de « %1 »</translation>
    </message>
    <message>
        <source>the row of &quot;%1&quot; in pool %2</source>
        <translation>la ligne de « %1 » dans le pool %2</translation>
    </message>
    <message>
        <source>a whole number from 1</source>
        <translation>un nombre entier à partir de 1</translation>
    </message>
    <message>
        <source>there are more than %1 rows, and the oldest are not read</source>
        <translation>il y a plus de %1 lignes, et les plus anciennes ne sont pas lues</translation>
    </message>
    <message>
        <source>no peer can be used at present</source>
        <translation>aucun nœud n&apos;est utilisable pour l&apos;instant</translation>
    </message>
    <message>
        <source>a list in JSON of at most %1 bytes</source>
        <translation>une liste en JSON d&apos;au plus %1 octets</translation>
    </message>
    <message>
        <source>an object in JSON of at most %1 bytes</source>
        <translation>un objet en JSON d&apos;au plus %1 octets</translation>
    </message>
    <message>
        <source>%1 has a generation above %2, which is of no clock and is not believed</source>
        <translation>%1 a une génération supérieure à %2, qui ne vient d&apos;aucune horloge et n&apos;est pas crue</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be a peer; allowed is host:port, localhost:/path/of/socket, or what its server calls itself</source>
        <translation>« %1 » ne peut pas être un nœud ; hôte:port ou localhost:/chemin/du/socket est autorisé, ou comment son serveur s&apos;appelle</translation>
    </message>
    <message>
        <source>the name or an identity of a peer, as text</source>
        <translation>le nom ou une identité d&apos;un nœud, comme texte</translation>
    </message>
    <message>
        <source>a name that means one server on all machines, which the path of a socket does not</source>
        <translation>un nom qui désigne le même serveur sur toutes les machines, ce que le chemin d&apos;un socket ne fait pas</translation>
    </message>
    <message>
        <source>it was killed</source>
        <translation>il a été tué</translation>
    </message>
    <message>
        <source>no other peer was proven to be up within the last 5 s</source>
        <translation>personne n’a montré dans les 5 dernières secondes qu’un autre nœud fonctionne</translation>
    </message>
    <message>
        <source>%1 may be the last healthy peer of pool %2: there is no proof from the last 5 s that %3 can serve</source>
        <translation>%1 est peut-être le dernier nœud sain du pool %2 : personne n’a montré dans les 5 dernières secondes que %3 peut servir</translation>
    </message>
    <message>
        <source>from here</source>
        <translation>d’ici</translation>
    </message>
    <message>
        <source>from here and by %1</source>
        <translation>d’ici et par %1</translation>
    </message>
    <message>
        <source>believed by %1</source>
        <translation>supposé par %1</translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation>%1, il y a %2</translation>
    </message>
    <message>
        <source>not from here: %1</source>
        <translation>pas d’ici : %1</translation>
    </message>
    <message numerus="yes">
        <source>not used by %n application(s): %1</source>
        <translation>
            <numerusform>non utilisé par %n application : %1</numerusform>
            <numerusform>non utilisé par %n applications : %1</numerusform>
        </translation>
    </message>
    <message>
        <source>others reach it: %1</source>
        <translation>d’autres l’atteignent : %1</translation>
    </message>
    <message numerus="yes">
        <source>not noticed by %n application(s)</source>
        <translation>
            <numerusform>non remarqué par %n application</numerusform>
            <numerusform>non remarqué par %n applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>believed up by %n application(s), not checked</source>
        <translation>
            <numerusform>%n application suppose qu’il fonctionne ; personne n’a vérifié</numerusform>
            <numerusform>%n applications supposent qu’il fonctionne ; personne n’a vérifié</numerusform>
        </translation>
    </message>
    <message>
        <source>allowed is &quot;report&quot; or &quot;probe&quot;</source>
        <translation>« report » ou « probe » est autorisé</translation>
    </message>
    <message>
        <source>until it has read its results</source>
        <translation>jusqu’à ce qu’elle ait lu ses résultats</translation>
    </message>
    <message>
        <source>until it closes the connection</source>
        <translation>jusqu’à ce qu’elle ferme la connexion</translation>
    </message>
    <message>
        <source>open transaction, %1</source>
        <translation>transaction ouverte, %1</translation>
    </message>
    <message>
        <source>idle for %1</source>
        <translation>inactive depuis %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 keeps %n session(s): %2</source>
        <translation>
            <numerusform>%1 garde %n session : %2</numerusform>
            <numerusform>%1 garde %n sessions : %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QProxySqlCtl</name>
    <message>
        <source>drained by %1</source>
        <translation>vidé par %1</translation>
    </message>
    <message>
        <source>resumed by %1</source>
        <translation>remis en service par %1</translation>
    </message>
    <message>
        <source>its entry in the drain directory has gone; processes that run still obey it</source>
        <translation>son entrée dans le répertoire de vidage a disparu ; les processus en marche y obéissent encore</translation>
    </message>
    <message>
        <source>%1, was %2</source>
        <translation>%1, avant : %2</translation>
    </message>
    <message>
        <source>safe to stop</source>
        <translation>arrêt sans risque</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>rapporte</translation>
    </message>
    <message>
        <source>answers again</source>
        <translation>répond de nouveau</translation>
    </message>
    <message>
        <source>is silent: %1</source>
        <translation>est muette : %1</translation>
    </message>
    <message>
        <source>has gone</source>
        <translation>est partie</translation>
    </message>
    <message>
        <source>Only this pool.</source>
        <translation>Seulement ce pool.</translation>
    </message>
    <message>
        <source>Pools, beside those that applications report. Default: the applications&apos; own default pool file.</source>
        <translation>Pools, en plus de ceux que rapportent les applications. Par défaut : le fichier de pools des applications.</translation>
    </message>
    <message>
        <source>Account for probes of our own; best with PROCESS.</source>
        <translation>Compte pour nos propres sondages ; de préférence avec PROCESS.</translation>
    </message>
    <message>
        <source>Prints the password. Else the environment&apos;s QPROXYSQL_PASSWORD, else the option file&apos;s.</source>
        <translation>Affiche le mot de passe. Sinon QPROXYSQL_PASSWORD de l&apos;environnement, sinon celui du fichier d&apos;options.</translation>
    </message>
    <message>
        <source>Refuse to change anything.</source>
        <translation>Refuser tout changement.</translation>
    </message>
    <message>
        <source>no login was given (--user)</source>
        <translation>aucun compte n&apos;a été donné (--user)</translation>
    </message>
    <message>
        <source>the peer is itself a proxy</source>
        <translation>le nœud est lui-même un proxy</translation>
    </message>
    <message>
        <source>--password-command needs --user NAME beside it</source>
        <translation>--password-command a besoin de --user NAME</translation>
    </message>
    <message>
        <source>option file %1 names no user in [client]; give --user NAME beside it</source>
        <translation>le fichier d&apos;options %1 ne nomme pas d&apos;utilisateur dans [client] ; ajoutez --user NAME</translation>
    </message>
    <message>
        <source>the password command failed: %1. It must print the password and end with 0 within %2 s</source>
        <translation>la commande du mot de passe a échoué : %1. Elle doit afficher le mot de passe et se terminer par 0 en %2 s</translation>
    </message>
    <message>
        <source>it ended with %1</source>
        <translation>elle s&apos;est terminée par %1</translation>
    </message>
    <message>
        <source>option file %1 cannot be read: %2</source>
        <translation>le fichier d&apos;options %1 ne peut pas être lu : %2</translation>
    </message>
    <message>
        <source>the account lacks the right PROCESS</source>
        <translation>le compte n&apos;a pas le droit PROCESS</translation>
    </message>
    <message>
        <source>the server refused to list its sessions</source>
        <translation>le serveur a refusé de lister ses sessions</translation>
    </message>
    <message>
        <source>no connection to it: %1</source>
        <translation>pas de connexion avec lui : %1</translation>
    </message>
    <message>
        <source>the peer is itself a proxy, %1</source>
        <translation>le nœud est lui-même un proxy, %1</translation>
    </message>
    <message>
        <source>the peer is itself a proxy: its server counts our connection under another number</source>
        <translation>le nœud est lui-même un proxy : son serveur compte notre connexion sous un autre numéro</translation>
    </message>
    <message>
        <source>a proxy, tunnel or port mapping is in between: the server itself listens on port %1</source>
        <translation>un proxy, un tunnel ou une redirection de port se trouve entre les deux : le serveur lui-même écoute sur le port %1</translation>
    </message>
    <message>
        <source>a proxy, tunnel or address translation is in between: the server sees our connection come from %1, not from our port %2</source>
        <translation>un proxy, un tunnel ou une traduction d’adresse se trouve entre les deux : le serveur voit notre connexion venir de %1, et non de notre port %2</translation>
    </message>
    <message>
        <source>the peer is itself a proxy: it answers as several servers, or as another peer does</source>
        <translation>le nœud est lui-même un proxy : il répond comme plusieurs serveurs, ou comme un autre nœud</translation>
    </message>
    <message>
        <source>the server has no TLS, which --ssl-ca and its like ask for</source>
        <translation>le serveur n’a pas de TLS, que --ssl-ca et ses pareils demandent</translation>
    </message>
    <message>
        <source>no answer within %1 s</source>
        <translation>pas de réponse en %1 s</translation>
    </message>
    <message>
        <source>there was no time to ask it</source>
        <translation>le temps a manqué pour l&apos;interroger</translation>
    </message>
    <message>
        <source>no peer &quot;%1&quot; is known here; %2</source>
        <translation>aucun nœud « %1 » n&apos;est connu ici ; %2</translation>
    </message>
    <message>
        <source>no application of this machine reports a pool, and no pool file was given (--pool-file FILE)</source>
        <translation>aucune application de cette machine ne rapporte de pool, et aucun fichier de pools n&apos;a été donné (--pool-file FILE)</translation>
    </message>
    <message>
        <source>known are %1</source>
        <translation>sont connus : %1</translation>
    </message>
    <message>
        <source>the fleet&apos;s drain directory needs a login: give --user</source>
        <translation>le répertoire de vidage de la flotte a besoin d&apos;un compte : donnez --user</translation>
    </message>
    <message>
        <source>others were writing all the time</source>
        <translation>d&apos;autres écrivaient tout le temps</translation>
    </message>
    <message>
        <source>%1: %2 cannot be read: %3 %4</source>
        <translation>%1 : %2 ne peut pas être lu : %3 %4</translation>
    </message>
    <message>
        <source>%1: %2 is not understood: %3</source>
        <translation>%1 : %2 n&apos;est pas compris : %3</translation>
    </message>
    <message>
        <source>%1 cannot be read: no peer can be used</source>
        <translation>%1 ne peut pas être lu : aucun nœud n&apos;est utilisable</translation>
    </message>
    <message>
        <source>the row of %1 in %2 was written by a later version and is left alone: use that version</source>
        <translation>la ligne de %1 dans %2 a été écrite par une version ultérieure et est laissée telle quelle : utilisez cette version</translation>
    </message>
    <message>
        <source>this account may not drain in %1. %2</source>
        <translation>ce compte ne peut pas vider dans %1. %2</translation>
    </message>
    <message>
        <source>there is no %1: &quot;qproxysql-ctl init&quot; makes it. %2</source>
        <translation>%1 n&apos;existe pas : « qproxysql-ctl init » le crée. %2</translation>
    </message>
    <message>
        <source>the drain request could not be written. %1</source>
        <translation>le souhait n&apos;a pas pu être écrit. %1</translation>
    </message>
    <message>
        <source>no server takes the request (no quorum, read-only, or no answer), so nothing was changed, and what was known stays obeyed. %1</source>
        <translation>aucun serveur n&apos;accepte le souhait (pas de quorum, lecture seule ou pas de réponse) : rien n&apos;a été changé, et ce qui était connu reste obéi. %1</translation>
    </message>
    <message>
        <source>No peer is known</source>
        <translation>Aucun nœud n&apos;est connu</translation>
    </message>
    <message>
        <source>Schema of the drain tables (CONTROL=fleet): drain requests are read there, too, and written there instead of on this machine. Default for init: qproxysql.</source>
        <translation>Schéma des tables de vidage (CONTROL=fleet) : les demandes y sont lues aussi, et y sont écrites plutôt que sur cette machine. Par défaut pour init : qproxysql.</translation>
    </message>
    <message>
        <source>%1 has the id %2, and too few are left above it: delete that row</source>
        <translation>%1 a l&apos;id %2, au-dessus duquel il en reste trop peu : supprimez cette ligne</translation>
    </message>
    <message>
        <source>the other names of %1 are too long together; allowed are %2 bytes in JSON</source>
        <translation>les autres noms de %1 sont trop longs ensemble ; %2 octets en JSON sont permis</translation>
    </message>
    <message>
        <source>Show the account also to peers that no pool file names, but only applications of other users.</source>
        <translation>Montrer le compte aussi aux peers qu&apos;aucun fichier de pools ne nomme, mais seulement des applications d&apos;autres utilisateurs.</translation>
    </message>
    <message>
        <source>only applications of other users name %1: the account is not shown there. Name it in a pool file (--pool-file), or give --trust-reports</source>
        <translation>seules des applications d&apos;autres utilisateurs nomment %1 : le compte n&apos;y est pas montré. Nommez-le dans un fichier de pools (--pool-file), ou donnez --trust-reports</translation>
    </message>
    <message>
        <source>%1: only applications of other users name it</source>
        <translation>%1 : seules des applications d&apos;autres utilisateurs le nomment</translation>
    </message>
    <message>
        <source>only applications of other users name this peer (--pool-file, --trust-reports)</source>
        <translation>seules des applications d&apos;autres utilisateurs nomment ce peer (--pool-file, --trust-reports)</translation>
    </message>
    <message>
        <source>%1 is another server on each machine, and what its server calls itself is not known here: connect to it first (--user)</source>
        <translation>%1 est un autre serveur sur chaque machine, et on ne sait pas ici comment son serveur s&apos;appelle : s&apos;y connecter d&apos;abord (--user)</translation>
    </message>
    <message>
        <source>no longer slow: connecting takes %1 ms</source>
        <translation>n&apos;est plus lent : la connexion prend %1 ms</translation>
    </message>
    <message>
        <source>slow: connecting takes %1 ms, on the pool&apos;s others %2 ms</source>
        <translation>lent : la connexion prend %1 ms, sur les autres du pool %2 ms</translation>
    </message>
    <message>
        <source>Option file (my.cnf) with user, password, ssl-ca, ssl-cert and ssl-key.</source>
        <translation>Fichier d&apos;options (my.cnf) avec user, password, ssl-ca, ssl-cert et ssl-key.</translation>
    </message>
    <message>
        <source>Certificate (PEM) of the CA that signed the servers&apos; ones: the account is used over TLS only.</source>
        <translation>Certificat (PEM) de l&apos;autorité qui a signé ceux des serveurs : le compte n&apos;est utilisé que par TLS.</translation>
    </message>
    <message>
        <source>Client certificate (PEM), for an account that requires one.</source>
        <translation>Certificat client (PEM), pour un compte qui en exige un.</translation>
    </message>
    <message>
        <source>Its key (PEM).</source>
        <translation>Sa clé (PEM).</translation>
    </message>
    <message>
        <source>No password was given. Set QPROXYSQL_PASSWORD or use --password-command.</source>
        <translation>Aucun mot de passe n&apos;a été donné. Définissez QPROXYSQL_PASSWORD ou utilisez --password-command.</translation>
    </message>
    <message>
        <source>The account may require TLS, and this session had none: name the CA certificate (--ssl-ca FILE, in an application&apos;s options SSL_CA=FILE).</source>
        <translation>Le compte exige peut-être TLS, et cette session n&apos;en avait pas : indiquez le certificat de l&apos;autorité (--ssl-ca FICHIER, dans les options d&apos;une application SSL_CA=FICHIER).</translation>
    </message>
    <message>
        <source>--ssl-ca, --ssl-cert and --ssl-key need --user NAME beside them</source>
        <translation>--ssl-ca, --ssl-cert et --ssl-key demandent aussi --user NOM</translation>
    </message>
    <message>
        <source>TLS file %1: a path with &apos;;&apos; cannot be used</source>
        <translation>fichier TLS %1 : un chemin avec « ; » ne peut pas être utilisé</translation>
    </message>
    <message>
        <source>TLS file %1 cannot be read: it is a folder</source>
        <translation>le fichier TLS %1 ne peut pas être lu : c&apos;est un dossier</translation>
    </message>
    <message>
        <source>TLS file %1 cannot be read: %2</source>
        <translation>le fichier TLS %1 ne peut pas être lu : %2</translation>
    </message>
    <message>
        <source>TLS file %1 is not in PEM form</source>
        <translation>le fichier TLS %1 n&apos;est pas au format PEM</translation>
    </message>
    <message>
        <source>a client certificate and its key go together: only %1 was given</source>
        <translation>un certificat client et sa clé vont ensemble : seul %1 a été donné</translation>
    </message>
    <message>
        <source>%1 is given twice</source>
        <translation>%1 est donné deux fois</translation>
    </message>
    <message>
        <source>%1 cannot be probed from here: a rolling restart needs a login</source>
        <translation>%1 ne peut pas être sondé d&apos;ici : un redémarrage successif a besoin d&apos;un compte</translation>
    </message>
    <message>
        <source>no pool &quot;%1&quot; is known here; known are %2</source>
        <translation>aucun pool « %1 » n&apos;est connu ici ; sont connus %2</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 par %2</translation>
    </message>
    <message>
        <source>read-only: %1 was not changed; run it without --read-only</source>
        <translation>lecture seule : %1 n’a pas été modifié ; relancez sans --read-only</translation>
    </message>
    <message>
        <source>a rolling restart by %1 was interrupted</source>
        <translation>un redémarrage successif de %1 a été interrompu</translation>
    </message>
    <message>
        <source>it was begun with a command; give it again: %1</source>
        <translation>il a été commencé avec une commande ; redonnez-la : %1</translation>
    </message>
    <message>
        <source>it was begun without --control-schema</source>
        <translation>il a été commencé sans --control-schema</translation>
    </message>
    <message>
        <source>it was begun with --control-schema %1: give it again</source>
        <translation>il a été commencé avec --control-schema %1 : redonnez-le</translation>
    </message>
    <message>
        <source>no rolling restart was interrupted here</source>
        <translation>aucun redémarrage successif n&apos;a été interrompu ici</translation>
    </message>
    <message>
        <source>%1 stays drained: its command (process %2) still runs, and may stop it. When that process has ended, &quot;qproxysql-ctl resume %1&quot; lets applications use it again.</source>
        <translation>%1 reste vidé : sa commande (processus %2) s&apos;exécute encore et peut l&apos;arrêter. Quand ce processus sera terminé, « qproxysql-ctl resume %1 » permettra de nouveau aux applications de l&apos;utiliser.</translation>
    </message>
    <message>
        <source>%1 stays drained (%2). &quot;qproxysql-ctl resume %1&quot; lets applications use it again.</source>
        <translation>%1 reste vidé (%2). « qproxysql-ctl resume %1 » permet de nouveau aux applications de l&apos;utiliser.</translation>
    </message>
    <message>
        <source>the drain stalls: %1</source>
        <translation>le vidage est bloqué : %1</translation>
    </message>
    <message>
        <source>forgotten? drained for %1</source>
        <translation>oublié ? vidé depuis %1</translation>
    </message>
    <message>
        <source>drained by %1, forced</source>
        <translation>vidé par %1, forcé</translation>
    </message>
    <message>
        <source> (rolling restart)</source>
        <translation> (redémarrage tour à tour)</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the drain log could not be read and were left out</source>
        <translation>
            <numerusform>%n ligne du journal des vidages n&apos;a pas pu être lue et a été omise</numerusform>
            <numerusform>%n lignes du journal des vidages n&apos;ont pas pu être lues et ont été omises</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>impossible de lire %1 : %2</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>ce n’est pas un fichier</translation>
    </message>
    <message>
        <source>%1 was not written by &quot;qproxysql-ctl metrics&quot;: it is left alone. Move it away, or name another file</source>
        <translation>%1 n’a pas été écrit par « qproxysql-ctl metrics » et reste tel quel. Déplacez-le ou nommez un autre fichier</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>impossible d’écrire %1 : %2</translation>
    </message>
    <message>
        <source>the log of drain requests: %1</source>
        <translation>le journal des vidages : %1</translation>
    </message>
    <message>
        <source>A drain that is older is marked &quot;forgotten?&quot;. Default: 14400.</source>
        <translation>Un vidage plus ancien est marqué « forgotten? ». Par défaut : 14400.</translation>
    </message>
</context>
<context>
    <name>QProxySqlHistory</name>
    <message>
        <source>%1 is damaged or of another version</source>
        <translation>%1 est endommagé ou d&apos;une autre version</translation>
    </message>
    <message>
        <source>The history of %1 was damaged and begins anew. The old file is now %2</source>
        <translation>L&apos;historique de %1 était endommagé et recommence. L&apos;ancien fichier est maintenant %2</translation>
    </message>
    <message>
        <source>The history of %1 cannot be kept: %2 is damaged and cannot be renamed</source>
        <translation>L&apos;historique de %1 ne peut pas être conservé : %2 est endommagé et ne peut pas être renommé</translation>
    </message>
    <message>
        <source>History is not kept: %1</source>
        <translation>L&apos;historique n&apos;est pas conservé : %1</translation>
    </message>
</context>
<context>
    <name>QProxySqlMonitor</name>
    <message>
        <source>does not answer for %1</source>
        <translation>ne répond pas depuis %1</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>ne répond pas</translation>
    </message>
    <message>
        <source>refuses</source>
        <translation>refuse</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>sessions not known</source>
        <translation>sessions inconnues</translation>
    </message>
    <message>
        <source>a transaction open</source>
        <translation>une transaction ouverte</translation>
    </message>
    <message>
        <source>knows of the drain: %1</source>
        <translation>au courant du vidage : %1</translation>
    </message>
    <message>
        <source>other sessions: %1@%2</source>
        <translation>autres sessions : %1@%2</translation>
    </message>
    <message>
        <source>kernel update (simulated)</source>
        <translation>mise à jour du noyau (simulée)</translation>
    </message>
    <message>
        <source>Demo (simulated)</source>
        <translation>Démo (simulée)</translation>
    </message>
    <message>
        <source>(simulated)</source>
        <translation> (simulé)</translation>
    </message>
    <message>
        <source>Simulated data: no server is contacted, and no action here changes one</source>
        <translation>Données simulées : aucun serveur n&apos;est consulté, et rien de ce qui est fait ici n&apos;en change un</translation>
    </message>
    <message>
        <source>10.11.9-MariaDB (simulated)</source>
        <translation>10.11.9-MariaDB (simulé)</translation>
    </message>
    <message numerus="yes">
        <source>%1; and %n more</source>
        <comment>who keeps sessions there</comment>
        <translation>
            <numerusform>%1 ; et %n autre</numerusform>
            <numerusform>%1 ; et %n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) left</source>
        <translation>
            <numerusform>%n session restante</numerusform>
            <numerusform>%n sessions restantes</numerusform>
        </translation>
    </message>
    <message>
        <source>SAFE TO STOP</source>
        <translation>ARRÊT SANS RISQUE</translation>
    </message>
    <message>
        <source>NOT YET SAFE TO STOP</source>
        <translation>ARRÊT ENCORE RISQUÉ</translation>
    </message>
    <message numerus="yes">
        <source>Not yet safe to stop: %n session(s) left</source>
        <translation>
            <numerusform>Arrêt encore risqué : %n session restante</numerusform>
            <numerusform>Arrêt encore risqué : %n sessions restantes</numerusform>
        </translation>
    </message>
    <message>
        <source>Not yet safe to stop: no session left, waiting until it is certain</source>
        <translation>Arrêt encore risqué : plus de session, on attend d&apos;en être certain</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n moved</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%1 sur %n déplacée</numerusform>
            <numerusform>%1 sur %n déplacées</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>encore environ %1</translation>
    </message>
    <message>
        <source>asked for by %1</source>
        <translation>demandé par %1</translation>
    </message>
    <message>
        <source>asked for by %1, %2</source>
        <comment>who, when</comment>
        <translation>demandé par %1, %2</translation>
    </message>
    <message>
        <source>Drain of %1</source>
        <translation>Vidage de %1</translation>
    </message>
    <message>
        <source>its sessions cannot be seen from here</source>
        <translation>personne ici ne voit ses sessions</translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n autre nœud en marche</numerusform>
            <numerusform>%n autres nœuds en marche</numerusform>
        </translation>
    </message>
    <message>
        <source>no other peer is up</source>
        <translation>aucun autre nœud n&apos;est en marche</translation>
    </message>
    <message>
        <source>A drain is under way already: %1.</source>
        <translation>Un vidage est déjà en cours : %1.</translation>
    </message>
    <message>
        <source>%1 allows %2 sessions and would need about %3.</source>
        <translation>%1 autorise %2 sessions et en aurait besoin d&apos;environ %3.</translation>
    </message>
    <message>
        <source>reports of applications</source>
        <translation>des rapports d&apos;applications</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>%1 or longer</source>
        <translation>%1 ou plus</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s behind ours</source>
        <translation>%1 s de retard sur la nôtre</translation>
    </message>
    <message>
        <source>%1 s ahead of ours</source>
        <translation>%1 s d&apos;avance sur la nôtre</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>The server itself asks for</source>
        <translation>Le serveur lui-même demande</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Dernière erreur</translation>
    </message>
    <message>
        <source>Errors in five minutes</source>
        <translation>Erreurs en cinq minutes</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>Prochain essai</translation>
    </message>
    <message>
        <source>Sessions reported</source>
        <translation>Sessions rapportées</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisées</translation>
    </message>
    <message>
        <source>In a transaction</source>
        <translation>Dans une transaction</translation>
    </message>
    <message>
        <source>In the server&apos;s own list</source>
        <translation>Dans la liste du serveur</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>non vérifié</translation>
    </message>
    <message>
        <source>not checked: %1</source>
        <translation>non vérifié : %1</translation>
    </message>
    <message>
        <source>Sessions allowed</source>
        <translation>Sessions autorisées</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>S&apos;appelle</translation>
    </message>
    <message>
        <source>In other pools</source>
        <translation>Dans d&apos;autres pools</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Is a proxy</source>
        <translation>Est un proxy</translation>
    </message>
    <message>
        <source>Connect time</source>
        <translation>Temps de connexion</translation>
    </message>
    <message>
        <source>Connect time, 95 %</source>
        <translation>Temps de connexion, 95 %</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Its clock</source>
        <translation>Son horloge</translation>
    </message>
    <message>
        <source>From here</source>
        <translation>D&apos;ici</translation>
    </message>
    <message>
        <source>Drained by</source>
        <translation>Vidé par</translation>
    </message>
    <message>
        <source>Resumed by</source>
        <translation>Remis en service par</translation>
    </message>
    <message>
        <source>At, by that person&apos;s clock</source>
        <translation>À, selon l&apos;horloge de cette personne</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>%1 of %2 left</source>
        <translation>reste %1 sur %2</translation>
    </message>
    <message>
        <source>Drained · not yet safe to stop</source>
        <translation>Vidé · arrêt encore risqué</translation>
    </message>
    <message>
        <source>rechecking</source>
        <translation>essai en cours</translation>
    </message>
    <message>
        <source>recheck in %1</source>
        <translation>essai dans %1</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>Pas encore essayé</translation>
    </message>
    <message>
        <source>No data · login refused</source>
        <translation>Aucune donnée · connexion refusée</translation>
    </message>
    <message>
        <source>No data for %1</source>
        <translation>Aucune donnée depuis %1</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Aucune donnée</translation>
    </message>
    <message>
        <source> (reported by applications)</source>
        <translation> (selon les applications)</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>En marche</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>En panne</translation>
    </message>
    <message>
        <source>Draining</source>
        <translation>En vidage</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>Vidage bloqué</translation>
    </message>
    <message>
        <source>Drained</source>
        <translation>Vidé</translation>
    </message>
    <message>
        <source>Safe to stop</source>
        <translation>Arrêt sans risque</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>Who keeps sessions there:</source>
        <translation>Qui y garde des sessions :</translation>
    </message>
    <message>
        <source>Pool %1, %2 UTC</source>
        <comment>name, time</comment>
        <translation>Pool %1, %2 UTC</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Who is on it</source>
        <translation>Qui s&apos;y trouve</translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>a share in percent</comment>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%n in use</source>
        <translation>
            <numerusform>%n utilisée</numerusform>
            <numerusform>%n utilisées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in a transaction</source>
        <translation>
            <numerusform>%n dans une transaction</numerusform>
            <numerusform>%n dans une transaction</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) in five minutes</source>
        <translation>
            <numerusform>%n erreur en cinq minutes</numerusform>
            <numerusform>%n erreurs en cinq minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>drained by %1</source>
        <translation>vidé par %1</translation>
    </message>
    <message>
        <source>no application reports</source>
        <translation>aucune application ne rapporte</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>sessions in applications</comment>
        <translation>%1 dans %2</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n application</numerusform>
            <numerusform>%n applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent</source>
        <translation>
            <numerusform>%n application muette</numerusform>
            <numerusform>%n applications muettes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n up</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%1 sur %n en marche</numerusform>
            <numerusform>%1 sur %n en marche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slow</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n lent</numerusform>
            <numerusform>%n lents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draining</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n en vidage</numerusform>
            <numerusform>%n en vidage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drained</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n vidé</numerusform>
            <numerusform>%n vidés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being checked</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n en vérification</numerusform>
            <numerusform>%n en vérification</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n down</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n en panne</numerusform>
            <numerusform>%n en panne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without data</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n sans données</numerusform>
            <numerusform>%n sans données</numerusform>
        </translation>
    </message>
    <message>
        <source>(known to the drain directory only)</source>
        <translation>(connu du seul répertoire de vidage)</translation>
    </message>
    <message>
        <source>Show a simulated pool, to try the window.</source>
        <translation>Montrer un pool imaginaire, pour faire le tour.</translation>
    </message>
    <message>
        <source>Show TEXT in a coloured strip above the pools, as in PRODUCTION.</source>
        <translation>Montrer TEXT dans une bande colorée au-dessus des pools, comme PRODUCTION.</translation>
    </message>
    <message>
        <source>Keep columns, sizes and pools in FILE instead of the user&apos;s settings.</source>
        <translation>Garder colonnes, tailles et pools dans FILE au lieu des réglages de l&apos;utilisateur.</translation>
    </message>
    <message>
        <source>Save a picture of the window to FILE (.png), then end.</source>
        <translation>Enregistrer une image de la fenêtre dans FILE (.png), puis terminer.</translation>
    </message>
    <message>
        <source>When the picture is made. Default: 5.</source>
        <translation>Quand l&apos;image est prise. Par défaut : 5.</translation>
    </message>
    <message>
        <source>Shows which database servers the QPROXYSQL applications of this machine use, who is on them, and steers it: drain a server, know when it is safe to stop, bring it back.</source>
        <translation>Montre quels serveurs de bases de données utilisent les applications QPROXYSQL de cette machine et qui s&apos;y trouve, et les pilote : vider un serveur, savoir quand l&apos;arrêter sans risque, le remettre en service.</translation>
    </message>
    <message>
        <source>Show this.</source>
        <translation>Montrer ceci.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Montrer la version.</translation>
    </message>
    <message>
        <source>Pool files to open.</source>
        <translation>Fichiers de pools à ouvrir.</translation>
    </message>
    <message>
        <source>--%1 needs a value: %2</source>
        <translation>--%1 a besoin d&apos;une valeur : %2</translation>
    </message>
    <message>
        <source>--picture-after %1 is not allowed; allowed is a number of seconds above 0, as in 5 or 0.5</source>
        <translation>--picture-after %1 n&apos;est pas autorisé ; un nombre de secondes supérieur à 0 l&apos;est, comme 5 ou 0.5</translation>
    </message>
    <message>
        <source>Listed by the server itself; they belong to no application that reports here</source>
        <translation>Listées par le serveur lui-même ; elles n&apos;appartiennent à aucune application qui rapporte ici</translation>
    </message>
    <message>
        <source>--control-schema %1 is not allowed; allowed are 1 to 64 letters, digits and &apos;_&apos;</source>
        <translation>--control-schema %1 n&apos;est pas permis ; sont permis 1 à 64 lettres, chiffres et &apos;_&apos;</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>sessions</comment>
        <translation>reste %1</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>Désaccord</translation>
    </message>
    <message>
        <source>No recent answer</source>
        <translation>Pas de réponse récente</translation>
    </message>
    <message>
        <source>no other peer is proven to be up</source>
        <translation>d’aucun autre nœud il n’est prouvé qu’il fonctionne</translation>
    </message>
    <message>
        <source>No other peer of pool %1 is proven to be up: no peer may be left to serve. After Tools &gt; Log In this window probes them itself.</source>
        <translation>D’aucun autre nœud du pool %1 il n’est prouvé qu’il fonctionne : il ne resterait peut-être personne pour servir. Après Outils &gt; Se connecter, cette fenêtre les sonde elle-même.</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>ARRÊTÉ</translation>
    </message>
    <message>
        <source>it was safe to stop, and does not answer any more</source>
        <translation>son arrêt était sans risque, et il ne répond plus</translation>
    </message>
    <message>
        <source>as far as could be checked</source>
        <translation>pour autant que cela ait pu être vérifié</translation>
    </message>
    <message>
        <source>NOT KNOWN TO BE SAFE TO STOP</source>
        <translation>ARRÊT : RISQUE INCONNU</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) now</source>
        <translation>
            <numerusform>%n session maintenant</numerusform>
            <numerusform>%n sessions maintenant</numerusform>
        </translation>
    </message>
    <message>
        <source>No healthy peer of pool %1 would be left to serve.</source>
        <translation>Aucun nœud sain du pool %1 ne resterait pour servir.</translation>
    </message>
    <message>
        <source>Pinned (temporary tables, locks …)</source>
        <translation>Retenues (tables temporaires, verrous…)</translation>
    </message>
    <message>
        <source>Parked for the next open()</source>
        <translation>En réserve pour le prochain open()</translation>
    </message>
    <message>
        <source>open transaction, %1</source>
        <translation>transaction ouverte, %1</translation>
    </message>
    <message>
        <source>idle for %1</source>
        <translation>inactif depuis %1</translation>
    </message>
    <message>
        <source>when it has read its results</source>
        <translation>quand elle a lu ses résultats</translation>
    </message>
    <message>
        <source>when it closes the connection</source>
        <translation>quand elle ferme la connexion</translation>
    </message>
    <message>
        <source>at COMMIT or ROLLBACK</source>
        <translation>au COMMIT ou ROLLBACK</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>de lui-même</translation>
    </message>
    <message>
        <source>Transactions replayed</source>
        <translation>Transactions rejouées</translation>
    </message>
    <message>
        <source>Transactions lost</source>
        <translation>Transactions perdues</translation>
    </message>
    <message>
        <source>%1. Also %2.</source>
        <comment>who keeps sessions there</comment>
        <translation>%1. Aussi : %2.</translation>
    </message>
    <message>
        <source>No application reports it, and no account is known: log in with Tools &gt; Log In (Ctrl+L)</source>
        <translation>Aucune application ne le signale, et aucun compte n’est connu : connectez-vous avec Outils &gt; Se connecter (Ctrl+L)</translation>
    </message>
    <message>
        <source>forgotten?</source>
        <translation>oublié ?</translation>
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
        <translation>Sessions</translation>
    </message>
    <message>
        <source>Statements/s</source>
        <translation>Instructions/s</translation>
    </message>
    <message>
        <source>Connect time (ms)</source>
        <translation>Temps de connexion (ms)</translation>
    </message>
    <message>
        <source>Errors per %1</source>
        <translation>Erreurs par %1</translation>
    </message>
    <message>
        <source>Moves per %1</source>
        <translation>Déplacements par %1</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>pas de données</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 au total</translation>
    </message>
    <message>
        <source>Now: %1.</source>
        <translation>Maintenant : %1.</translation>
    </message>
    <message>
        <source>In %1: from %2 to %3.</source>
        <translation>En %1 : de %2 à %3.</translation>
    </message>
    <message>
        <source>It works: it has answered within the last %1 s</source>
        <translation>Il fonctionne : il a répondu dans les %1 dernières secondes</translation>
    </message>
    <message>
        <source>It works, but connecting takes %1 times as long as its pool&apos;s median, or longer, and at least %2 ms</source>
        <translation>Il fonctionne, mais s’y connecter prend %1 fois la médiane de son pool ou plus, et au moins %2 ms</translation>
    </message>
    <message>
        <source>An application has lost a session there; a probe decides</source>
        <translation>Une application y a perdu une session ; un test décide</translation>
    </message>
    <message>
        <source>It cannot be used</source>
        <translation>Il est inutilisable</translation>
    </message>
    <message>
        <source>An operator has asked for a drain; applications are leaving</source>
        <translation>Un opérateur a demandé son vidage ; les applications le quittent</translation>
    </message>
    <message>
        <source>It drains, and no session has left for a while</source>
        <translation>Il est en vidage, et aucune session n’est partie depuis un moment</translation>
    </message>
    <message>
        <source>No session is left, but not all checks hold yet: do not stop it</source>
        <translation>Il ne reste aucune session, mais tous les contrôles ne sont pas encore bons : ne l’arrêtez pas</translation>
    </message>
    <message>
        <source>Every check holds: the server may be stopped</source>
        <translation>Tous les contrôles sont bons : le serveur peut être arrêté</translation>
    </message>
    <message>
        <source>It was safe to stop and does not answer any more: no alarm</source>
        <translation>Il pouvait être arrêté et ne répond plus : ce n’est pas une alarme</translation>
    </message>
    <message>
        <source>Nobody knows, or nobody has found out within the last %1 s</source>
        <translation>Personne ne le sait, ou personne ne l’a constaté dans les %1 dernières secondes</translation>
    </message>
</context>
<context>
    <name>QProxySqlRolling</name>
    <message>
        <source>%1 is damaged: %2. It is left alone: move it away</source>
        <translation>%1 est endommagé : %2. Il reste tel quel : déplacez-le</translation>
    </message>
    <message>
        <source>a rolling restart by %1 is under way</source>
        <translation>un redémarrage successif de %1 est en cours</translation>
    </message>
    <message>
        <source>another rolling restart is under way</source>
        <translation>un autre redémarrage successif est en cours</translation>
    </message>
    <message>
        <source>a rolling restart by %1 is unfinished and is at %2. &quot;qproxysql-ctl rolling --abort&quot; ends one that was interrupted</source>
        <translation>un redémarrage successif de %1 est inachevé et en est à %2. « qproxysql-ctl rolling --abort » met fin à celui qui a été interrompu</translation>
    </message>
    <message>
        <source>it is no record of a rolling restart in format %1</source>
        <translation>ce n&apos;est pas un redémarrage successif au format %1</translation>
    </message>
    <message>
        <source>peer %1 is not understood</source>
        <translation>le nœud %1 est incompréhensible</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>%1 is drained by %2</source>
        <translation>%1 est vidé par %2</translation>
    </message>
    <message>
        <source>another drain is under way: %1</source>
        <translation>un autre vidage est en cours : %1</translation>
    </message>
    <message>
        <source>not proven to be up: %1</source>
        <translation>rien ne prouve la disponibilité de : %1</translation>
    </message>
    <message>
        <source>%1 is drained by %2 now</source>
        <translation>%1 est maintenant vidé par %2</translation>
    </message>
    <message>
        <source>%1 was resumed by %2</source>
        <translation>%1 a été remis en service par %2</translation>
    </message>
    <message>
        <source>%1 is not safe to stop after %2 s: %3</source>
        <translation>l&apos;arrêt de %1 est encore risqué après %2 s : %3</translation>
    </message>
    <message>
        <source>%1 was resumed by %2: it may not be stopped any more</source>
        <translation>%1 a été remis en service par %2 et ne doit plus être arrêté</translation>
    </message>
    <message>
        <source>the request for %1 had no answer within %2 s</source>
        <translation>la demande pour %1 n&apos;a pas eu de réponse en %2 s</translation>
    </message>
    <message>
        <source>%1 was not stopped within %2 s</source>
        <translation>%1 n&apos;a pas été arrêté en %2 s</translation>
    </message>
    <message>
        <source>%1 did not come back within %2 s: %3</source>
        <translation>%1 n&apos;est pas revenu en %2 s : %3</translation>
    </message>
    <message>
        <source>the command for %1 has not ended after %2 s</source>
        <translation>la commande pour %1 n&apos;est pas terminée après %2 s</translation>
    </message>
    <message>
        <source>%1 is back, but not ready after %2 s: %3</source>
        <translation>%1 est revenu, mais n&apos;est pas prêt après %2 s : %3</translation>
    </message>
    <message>
        <source>%1 was resumed, but is not usable: %2</source>
        <translation>%1 a été remis en service, mais est inutilisable : %2</translation>
    </message>
    <message>
        <source>%1 was resumed, but is not used yet after %2 s by %3</source>
        <translation>%1 a été remis en service, mais n&apos;est pas encore utilisé après %2 s par %3</translation>
    </message>
    <message>
        <source>the command for %1 ended with %2</source>
        <translation>la commande pour %1 s&apos;est terminée avec %2</translation>
    </message>
    <message>
        <source>%1: checking that all peers of its pools are up</source>
        <translation>%1 : vérifie que tous les nœuds de ses pools répondent</translation>
    </message>
    <message>
        <source>%1: draining</source>
        <translation>%1 : en vidage</translation>
    </message>
    <message>
        <source>%1: safe to stop, waiting until it has stopped</source>
        <translation>%1 : arrêt sans risque, attend qu&apos;il soit arrêté</translation>
    </message>
    <message>
        <source>%1: has stopped, waiting until it answers again</source>
        <translation>%1 : arrêté, attend qu&apos;il réponde de nouveau</translation>
    </message>
    <message>
        <source>%1: was restarted, waiting until it is ready</source>
        <translation>%1 : redémarré, attend qu&apos;il soit prêt</translation>
    </message>
    <message>
        <source>%1: ready, waiting until applications use it</source>
        <translation>%1 : prêt, attend que les applications l&apos;utilisent</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1 : terminé</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%1 of %n reachable</source>
        <translation>
            <numerusform>%1 sur %n joignable</numerusform>
            <numerusform>%1 sur %n joignables</numerusform>
        </translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>no TLS</source>
        <translation>sans TLS</translation>
    </message>
    <message>
        <source>TLS in part</source>
        <translation>TLS en partie</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Whether the window&apos;s own connections are encrypted</source>
        <translation>Si les propres connexions de la fenêtre sont chiffrées</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>every %1 s</source>
        <translation>toutes les %1 s</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>lecture seule</translation>
    </message>
    <message>
        <source>read-write</source>
        <translation>lecture et écriture</translation>
    </message>
    <message numerus="yes">
        <source>%n new event(s)</source>
        <translation>
            <numerusform>%n nouvel événement</numerusform>
            <numerusform>%n nouveaux événements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::AddPoolDialog</name>
    <message>
        <source>Add Pool</source>
        <translation>Ajouter un pool</translation>
    </message>
    <message>
        <source>as applications call it, as in: orders</source>
        <translation>comme les applications l&apos;appellent, par exemple : orders</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nom :</translation>
    </message>
    <message>
        <source>&amp;Peers:</source>
        <translation>Nœu&amp;ds :</translation>
    </message>
    <message>
        <source>none: only what applications report is seen</source>
        <translation>aucun : seul ce que rapportent les applications est visible</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>&amp;Utilisateur :</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>&amp;Mot de passe :</translation>
    </message>
    <message>
        <source>Results of the connection test</source>
        <translation>Résultats du test de connexion</translation>
    </message>
    <message>
        <source>The connection test&apos;s results appear here.</source>
        <translation>Les résultats du test de connexion apparaissent ici.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>A&amp;jouter</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Test Connection</source>
        <translation>&amp;Tester la connexion</translation>
    </message>
    <message numerus="yes">
        <source>Connecting to %n peer(s)...</source>
        <translation>
            <numerusform>Connexion à %n nœud...</numerusform>
            <numerusform>Connexion à %n nœuds...</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: good, %2, %3 ms</source>
        <translation>%1 : bon, %2, %3 ms</translation>
    </message>
    <message>
        <source>%1: failed, %2</source>
        <translation>%1 : échec, %2</translation>
    </message>
    <message>
        <source>    its list of sessions is not seen: %1</source>
        <translation>    sa liste des sessions n&apos;est pas visible : %1</translation>
    </message>
    <message>
        <source>Edit Pool</source>
        <translation>Modifier le pool</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
</context>
<context>
    <name>qproxysql::ApplicationsModel</name>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Machine</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisées</translation>
    </message>
    <message>
        <source>Knows drain</source>
        <translation>Au courant</translation>
    </message>
    <message>
        <source>Kept by</source>
        <translation>Retenu par</translation>
    </message>
    <message>
        <source>Ends when</source>
        <translation>Prend fin</translation>
    </message>
</context>
<context>
    <name>qproxysql::BannerStrip</name>
    <message>
        <source>READ-ONLY</source>
        <translation>LECTURE SEULE</translation>
    </message>
</context>
<context>
    <name>qproxysql::DetailsModel</name>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
</context>
<context>
    <name>qproxysql::DrainCardWidget</name>
    <message>
        <source>Cop&amp;y Report</source>
        <translation>&amp;Copier le rapport</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Progress of the drain</source>
        <translation>Avancement du vidage</translation>
    </message>
    <message>
        <source>&amp;Resume %1</source>
        <translation>&amp;Remettre %1 en service</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>Remettre %1 en service</translation>
    </message>
</context>
<context>
    <name>qproxysql::DrainDialog</name>
    <message>
        <source>Drain %1</source>
        <translation>Vider %1</translation>
    </message>
    <message>
        <source>All applications leave %1 and do not use it again until somebody resumes it. Nothing is killed: transactions end first.</source>
        <translation>Toutes les applications quittent %1 et ne l&apos;utilisent plus jusqu&apos;à ce que quelqu&apos;un le remette en service. Rien n&apos;est interrompu : les transactions se terminent d&apos;abord.</translation>
    </message>
    <message>
        <source>Sessions:</source>
        <translation>Sessions :</translation>
    </message>
    <message>
        <source>They go to:</source>
        <translation>Elles vont sur :</translation>
    </message>
    <message>
        <source>Others:</source>
        <translation>Les autres :</translation>
    </message>
    <message>
        <source>for others to read, for example: kernel update</source>
        <translation>pour qui le verra, par exemple : mise à jour du noyau</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>&amp;Raison :</translation>
    </message>
    <message>
        <source>The pool&apos;s name</source>
        <translation>Le nom du pool</translation>
    </message>
    <message>
        <source>&amp;Drain %1</source>
        <translation>&amp;Vider %1</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Copy as Co&amp;mmand</source>
        <translation>Copier comme co&amp;mmande</translation>
    </message>
    <message>
        <source>To drain it anyway, type the &amp;pool&apos;s name, %1:</source>
        <translation>Pour le vider tout de même, saisissez le nom du &amp;pool, %1 :</translation>
    </message>
    <message>
        <source>%1: %2 now, about %3 more</source>
        <translation>%1 : %2 maintenant, environ %3 de plus</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>%1 is no longer known here.</source>
        <translation>%1 n&apos;est plus connu ici.</translation>
    </message>
    <message>
        <source>%1: %2 now, about %3 more, limit %4</source>
        <translation>%1 : %2 maintenant, environ %3 de plus, limite %4</translation>
    </message>
    <message>
        <source>This drain is under way already.</source>
        <translation>Ce vidage est déjà en cours.</translation>
    </message>
    <message>
        <source>Not all of them can be drained at once.</source>
        <translation>Ils ne peuvent pas tous être vidés à la fois.</translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <comment>that are drained</comment>
        <translation>
            <numerusform>%n nœud</numerusform>
            <numerusform>%n nœuds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::EventsModel</name>
    <message>
        <source>Drain</source>
        <translation>Vidage</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Remise en service</translation>
    </message>
    <message>
        <source>Mark vanished</source>
        <translation>Marque disparue</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>Safe to stop</source>
        <translation>Arrêt sans risque</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Application gone</source>
        <translation>Application partie</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Problème</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Nœud</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lent</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>En panne</translation>
    </message>
    <message>
        <source>Up again</source>
        <translation>De retour</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>Bloqué</translation>
    </message>
    <message>
        <source>Forgotten?</source>
        <translation>Oublié ?</translation>
    </message>
</context>
<context>
    <name>qproxysql::EventsPane</name>
    <message>
        <source>Foll&amp;ow</source>
        <translation>&amp;Suivre</translation>
    </message>
    <message>
        <source>Operators o&amp;nly</source>
        <translation>O&amp;pérateurs seuls</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Événements</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Filtrer les événements</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Suivre</translation>
    </message>
    <message>
        <source>Show the newest event whenever one comes</source>
        <translation>Montrer l&apos;événement le plus récent dès qu&apos;il arrive</translation>
    </message>
    <message>
        <source>Operators only</source>
        <translation>Opérateurs seuls</translation>
    </message>
    <message>
        <source>Show only what operators did</source>
        <translation>Ne montrer que ce qu&apos;ont fait les opérateurs</translation>
    </message>
</context>
<context>
    <name>qproxysql::FirstRunPage</name>
    <message>
        <source>No application reports yet</source>
        <translation>Aucune application ne rapporte encore</translation>
    </message>
    <message>
        <source>Applications of this machine that use QPROXYSQL appear here by themselves, with the pools that they use. Nothing need be set up for that.</source>
        <translation>Les applications de cette machine qui utilisent QPROXYSQL apparaissent ici d&apos;elles-mêmes, avec les pools qu&apos;elles utilisent. Il n&apos;y a rien à configurer pour cela.</translation>
    </message>
    <message>
        <source>You can also name the servers yourself, or look around in a pool that is made up:</source>
        <translation>Vous pouvez aussi nommer les serveurs vous-même, ou faire le tour d&apos;un pool imaginaire :</translation>
    </message>
    <message>
        <source>&amp;Add Pool...</source>
        <translation>A&amp;jouter un pool...</translation>
    </message>
    <message>
        <source>&amp;Open Pool File...</source>
        <translation>O&amp;uvrir un fichier de pools...</translation>
    </message>
    <message>
        <source>&amp;Demo Pool</source>
        <translation>Pool de &amp;démonstration</translation>
    </message>
    <message>
        <source>Looking in %1</source>
        <translation>Recherche dans %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::GraphsPane</name>
    <message>
        <source>The last %1</source>
        <translation>Les dernières %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginDialog</name>
    <message>
        <source>With an account of its own the window sees connect times and, with the right PROCESS, everybody&apos;s sessions.</source>
        <translation>Avec son propre compte, la fenêtre voit les temps de connexion et, avec le droit PROCESS, les sessions de tous.</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>&amp;Utilisateur :</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Mot de passe :</translation>
    </message>
    <message>
        <source>&amp;Keep it in the keychain</source>
        <translation>&amp;Garder dans le trousseau</translation>
    </message>
    <message>
        <source>&amp;Log In</source>
        <translation>Se &amp;connecter</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Choisir : %1</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.key)</source>
        <translation>Certificats et clés (*.pem *.crt *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>C&amp;A certificate:</source>
        <translation>Certificat de l&apos;&amp;autorité :</translation>
    </message>
    <message>
        <source>none: without TLS</source>
        <translation>aucun : sans TLS</translation>
    </message>
    <message>
        <source>Cl&amp;ient certificate:</source>
        <translation>Certificat cl&amp;ient :</translation>
    </message>
    <message>
        <source>only where the account requires one</source>
        <translation>seulement si le compte en exige un</translation>
    </message>
    <message>
        <source>Client k&amp;ey:</source>
        <translation>Cl&amp;é du client :</translation>
    </message>
    <message>
        <source>Log in to the servers of %1</source>
        <translation>Connexion aux serveurs de %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginKeeper</name>
    <message>
        <source>the keychain did not take the password: %1</source>
        <translation>le trousseau n&apos;a pas accepté le mot de passe : %1</translation>
    </message>
    <message>
        <source>no password was given for %1</source>
        <translation>aucun mot de passe n&apos;a été donné pour %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginPrompts</name>
    <message>
        <source>No probes of %1: %2</source>
        <translation>Pas de sondage de %1 : %2</translation>
    </message>
    <message>
        <source>Probes of %1 are refused: %2</source>
        <translation>Les sondages de %1 sont refusés : %2</translation>
    </message>
    <message>
        <source>Lo&amp;g In...</source>
        <translation>Se connec&amp;ter...</translation>
    </message>
    <message numerus="yes">
        <source>Login as %1 refused on %n server(s). Showing only what applications report.</source>
        <translation>
            <numerusform>Connexion de %1 refusée sur %n serveur. Seul ce que rapportent les applications est montré.</numerusform>
            <numerusform>Connexion de %1 refusée sur %n serveurs. Seul ce que rapportent les applications est montré.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No data about %n server(s) of %1: no application reports them, and no account is known. Log in to see them.</source>
        <translation>
            <numerusform>Aucune donnée sur %n serveur de %1 : aucune application ne le signale, et aucun compte n’est connu. Connectez-vous pour le voir.</numerusform>
            <numerusform>Aucune donnée sur %n serveurs de %1 : aucune application ne les signale, et aucun compte n’est connu. Connectez-vous pour les voir.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::MainWindow</name>
    <message>
        <source>qproxysql-monitor: the picture cannot be saved in %1; allowed is a file of a kind as .png in a folder that exists</source>
        <translation>qproxysql-monitor : l&apos;image ne peut pas être enregistrée dans %1 ; un fichier de type .png dans un dossier existant est autorisé</translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor</source>
        <translation>Moniteur QPROXYSQL</translation>
    </message>
    <message numerus="yes">
        <source>You may quit: the drain of %1 goes on without this window, since it is kept in the drain directory. It ends when somebody resumes the peer.</source>
        <translation>
            <numerusform>Vous pouvez quitter : le vidage de %1 continue sans cette fenêtre, car il est noté dans le répertoire de vidage. Il se termine quand quelqu&apos;un remet le nœud en service.</numerusform>
            <numerusform>Vous pouvez quitter : les vidages de %1 continuent sans cette fenêtre, car ils sont notés dans le répertoire de vidage. Ils se terminent quand quelqu&apos;un remet les nœuds en service.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Q&amp;uitter</translation>
    </message>
    <message>
        <source>About Qt</source>
        <translation>À propos de Qt</translation>
    </message>
    <message>
        <source>This program uses Qt %1.</source>
        <translation>Ce programme utilise Qt %1.</translation>
    </message>
    <message>
        <source>Export Pool</source>
        <translation>Exporter le pool</translation>
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
        <translation>Le pool n&apos;a pas été exporté vers %1 : %2</translation>
    </message>
    <message>
        <source>Record Events to File</source>
        <translation>Enregistrer les événements dans un fichier</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Lignes JSON (*.jsonl)</translation>
    </message>
    <message>
        <source>About QPROXYSQL Monitor</source>
        <translation>À propos du moniteur QPROXYSQL</translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor %1</source>
        <translation>Moniteur QPROXYSQL %1</translation>
    </message>
    <message>
        <source>Shows and steers which database servers QPROXYSQL applications use.</source>
        <translation>Montre et pilote les serveurs de bases de données qu&apos;utilisent les applications QPROXYSQL.</translation>
    </message>
    <message>
        <source>%1 - QPROXYSQL Monitor</source>
        <translation>%1 – Moniteur QPROXYSQL</translation>
    </message>
    <message>
        <source>For&amp;get File</source>
        <translation>Ou&amp;blier le fichier</translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor, paused</source>
        <translation>Moniteur QPROXYSQL, en pause</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more pool(s)</source>
        <translation>
            <numerusform>et %n autre pool</numerusform>
            <numerusform>et %n autres pools</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>qproxysql::MonitorActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Add Pool...</source>
        <translation>&amp;Ajouter un pool...</translation>
    </message>
    <message>
        <source>&amp;Open Pool File...</source>
        <translation>&amp;Ouvrir un fichier de pools...</translation>
    </message>
    <message>
        <source>&amp;Demo Pool</source>
        <translation>Pool de &amp;démonstration</translation>
    </message>
    <message>
        <source>&amp;Close Pool</source>
        <translation>&amp;Fermer le pool</translation>
    </message>
    <message>
        <source>&amp;Export Pool...</source>
        <translation>&amp;Exporter le pool...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Peer</source>
        <translation>&amp;Nœud</translation>
    </message>
    <message>
        <source>&amp;Copy Rows</source>
        <translation>&amp;Copier les lignes</translation>
    </message>
    <message>
        <source>Copy Re&amp;port</source>
        <translation>Copier le ra&amp;pport</translation>
    </message>
    <message>
        <source>Copy as Co&amp;mmand</source>
        <translation>Copier comme co&amp;mmande</translation>
    </message>
    <message>
        <source>&amp;Drain</source>
        <translation>&amp;Vider</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Remettre en service</translation>
    </message>
    <message>
        <source>Re&amp;check</source>
        <translation>&amp;Sonder</translation>
    </message>
    <message>
        <source>&amp;Drain...</source>
        <translation>&amp;Vider...</translation>
    </message>
    <message>
        <source>&amp;Drain %1...</source>
        <translation>&amp;Vider %1...</translation>
    </message>
    <message>
        <source>Drain...</source>
        <translation>Vider...</translation>
    </message>
    <message>
        <source>&amp;Resume %1</source>
        <translation>&amp;Remettre %1 en service</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Remettre en service</translation>
    </message>
    <message>
        <source>Rec&amp;heck Now</source>
        <translation>&amp;Sonder maintenant</translation>
    </message>
    <message>
        <source>Rec&amp;heck %1 Now</source>
        <translation>&amp;Sonder %1 maintenant</translation>
    </message>
    <message>
        <source>Recheck now</source>
        <translation>Sonder</translation>
    </message>
    <message>
        <source>Have all applications leave the peer (%1)</source>
        <translation>Faire quitter le nœud à toutes les applications (%1)</translation>
    </message>
    <message>
        <source>Let applications use the peer again (%1)</source>
        <translation>Laisser les applications utiliser de nouveau le nœud (%1)</translation>
    </message>
    <message>
        <source>Try now whether the peer answers (%1)</source>
        <translation>Essayer maintenant si le nœud répond (%1)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Actualiser</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Problems &amp;Only</source>
        <translation>P&amp;roblèmes seulement</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtrer</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Colonnes</translation>
    </message>
    <message>
        <source>&amp;Who Is Still on It</source>
        <translation>&amp;Qui s&apos;y trouve encore</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Détails</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>Évé&amp;nements</translation>
    </message>
    <message>
        <source>&amp;Next Pane</source>
        <translation>Volet &amp;suivant</translation>
    </message>
    <message>
        <source>Pre&amp;vious Pane</source>
        <translation>Vo&amp;let précédent</translation>
    </message>
    <message>
        <source>Next Poo&amp;l</source>
        <translation>Pool sui&amp;vant</translation>
    </message>
    <message>
        <source>Previo&amp;us Pool</source>
        <translation>P&amp;ool précédent</translation>
    </message>
    <message>
        <source>&amp;Interval</source>
        <translation>&amp;Intervalle</translation>
    </message>
    <message>
        <source>Every %1 s</source>
        <translation>Toutes les %1 s</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Outils</translation>
    </message>
    <message>
        <source>&amp;Log In...</source>
        <translation>Se &amp;connecter...</translation>
    </message>
    <message>
        <source>&amp;Record Events to File...</source>
        <translation>&amp;Enregistrer les événements...</translation>
    </message>
    <message>
        <source>&amp;Settings...</source>
        <translation>&amp;Préférences...</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>&amp;About QPROXYSQL Monitor</source>
        <translation>À &amp;propos du moniteur QPROXYSQL</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>À propos de &amp;Qt</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Barre d&apos;outils</translation>
    </message>
    <message>
        <source>Problems only</source>
        <translation>Problèmes seulement</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>R&amp;olling Restart...</source>
        <translation>Redémarrage s&amp;uccessif...</translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <comment>on a button</comment>
        <translation>
            <numerusform>%n nœud</numerusform>
            <numerusform>%n nœuds</numerusform>
        </translation>
    </message>
    <message>
        <source>Drain %1...</source>
        <translation>Vider %1...</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>Recheck %1</source>
        <translation>Sonder %1</translation>
    </message>
    <message>
        <source>Ed&amp;it Pool...</source>
        <translation>&amp;Modifier le pool...</translation>
    </message>
    <message>
        <source>&amp;Graphs</source>
        <translation>&amp;Graphiques</translation>
    </message>
    <message>
        <source>&amp;Glyphs and Columns</source>
        <translation>&amp;Symboles et colonnes</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>&amp;Operator&apos;s Guide</source>
        <translation>&amp;Guide de l’opérateur</translation>
    </message>
</context>
<context>
    <name>qproxysql::OpenPools</name>
    <message>
        <source>Open Pool File</source>
        <translation>Ouvrir un fichier de pools</translation>
    </message>
    <message>
        <source>Pool files (*.ini)</source>
        <translation>Fichiers de pools (*.ini)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>qproxysql::PeersModel</name>
    <message>
        <source>Peer</source>
        <translation>Nœud</translation>
    </message>
    <message>
        <source>Host and port, as configured</source>
        <translation>Hôte et port, comme configurés</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>What is observed, and what operators want</source>
        <translation>Ce qui est observé, et ce que veulent les opérateurs</translation>
    </message>
    <message>
        <source>Sess.</source>
        <translation>Sess.</translation>
    </message>
    <message>
        <source>Sessions that applications report</source>
        <translation>Sessions rapportées par les applications</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Utilisées</translation>
    </message>
    <message>
        <source>Sessions that are held by an open connection</source>
        <translation>Sessions tenues par une connexion ouverte</translation>
    </message>
    <message>
        <source>In tx</source>
        <translation>En tr.</translation>
    </message>
    <message>
        <source>Sessions with an open transaction</source>
        <translation>Sessions avec une transaction ouverte</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Part</translation>
    </message>
    <message>
        <source>Of all sessions of the pool</source>
        <translation>De toutes les sessions du pool</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connex.</translation>
    </message>
    <message>
        <source>How long our own last connection took</source>
        <translation>Durée de notre dernière connexion</translation>
    </message>
    <message>
        <source>Err 5m</source>
        <translation>Err. 5 m</translation>
    </message>
    <message>
        <source>Errors seen in the last five minutes</source>
        <translation>Erreurs vues ces cinq dernières minutes</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>How long the state has been as it is, as seen from here</source>
        <translation>Depuis quand l&apos;état est ainsi, vu d&apos;ici</translation>
    </message>
    <message>
        <source>Sessions over five minutes; an x where it was not reached</source>
        <translation>Sessions sur cinq minutes ; un x là où il n&apos;a pas été joint</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Sessions in the server&apos;s own list</source>
        <translation>Sessions dans la liste du serveur</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Weight in the pool file</source>
        <translation>Poids dans le fichier de pools</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>Sessions that the server allows</source>
        <translation>Sessions que le serveur autorise</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>What the server calls itself</source>
        <translation>Comment le serveur s&apos;appelle</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Whether our own connection is encrypted</source>
        <translation>Si notre propre connexion est chiffrée</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Dernière erreur</translation>
    </message>
    <message>
        <source>What was seen last, here or by an application</source>
        <translation>Ce qui a été vu en dernier, ici ou par une application</translation>
    </message>
    <message>
        <source>Next check</source>
        <translation>Prochain essai</translation>
    </message>
    <message>
        <source>When the first application rechecks it</source>
        <translation>Quand la première application l&apos;essaiera de nouveau</translation>
    </message>
    <message>
        <source>Drained by</source>
        <translation>Vidé par</translation>
    </message>
    <message>
        <source>Who asked for the drain</source>
        <translation>Qui a demandé le vidage</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>Why it is drained</source>
        <translation>Pourquoi il est vidé</translation>
    </message>
    <message>
        <source>Sessions, last 5 min</source>
        <translation>Sessions, 5 dernières min</translation>
    </message>
</context>
<context>
    <name>qproxysql::PeersTable</name>
    <message>
        <source>Peers</source>
        <translation>Nœuds</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Colonnes</translation>
    </message>
    <message>
        <source>&amp;Reset Columns</source>
        <translation>&amp;Réinitialiser les colonnes</translation>
    </message>
</context>
<context>
    <name>qproxysql::PoolPage</name>
    <message>
        <source>Panes</source>
        <translation>Volets</translation>
    </message>
    <message>
        <source>&amp;Who is still on it</source>
        <translation>&amp;Qui s&apos;y trouve encore</translation>
    </message>
    <message>
        <source>Detai&amp;ls</source>
        <translation>&amp;Détails</translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation>É&amp;vénements</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Select a peer to see who is on it.</source>
        <translation>Choisissez un nœud pour voir qui s&apos;y trouve.</translation>
    </message>
    <message>
        <source>Nobody is known to be on %1.</source>
        <translation>On ne connaît personne sur %1.</translation>
    </message>
    <message>
        <source>On %1:</source>
        <translation>Sur %1 :</translation>
    </message>
    <message>
        <source>Select a peer to see its details.</source>
        <translation>Choisissez un nœud pour voir ses détails.</translation>
    </message>
    <message>
        <source>Details of %1:</source>
        <translation>Détails de %1 :</translation>
    </message>
    <message numerus="yes">
        <source>(%n more selected)</source>
        <comment>peers</comment>
        <translation>
            <numerusform>(%n autre choisi)</numerusform>
            <numerusform>(%n autres choisis)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Graphs</source>
        <translation>&amp;Graphiques</translation>
    </message>
    <message>
        <source>Select a peer to see its graphs.</source>
        <translation>Choisissez un nœud pour voir ses graphiques.</translation>
    </message>
    <message>
        <source>Graphs of %1:</source>
        <translation>Graphiques de %1 :</translation>
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
        <translation>Nouveau pool</translation>
    </message>
    <message>
        <source>Add or open a pool</source>
        <translation>Ajouter ou ouvrir un pool</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
</context>
<context>
    <name>qproxysql::RollingDialog</name>
    <message>
        <source>Rolling Restart of %1</source>
        <translation>Redémarrage successif de %1</translation>
    </message>
    <message>
        <source>Peers, in the order of their restart</source>
        <translation>Nœuds, dans l&apos;ordre de leur redémarrage</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Nœud</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Temps</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>Vers le &amp;haut</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>Vers le &amp;bas</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>&amp;Raison :</translation>
    </message>
    <message>
        <source>for others to read, for example: kernel update</source>
        <translation>pour qui le verra, par exemple : mise à jour du noyau</translation>
    </message>
    <message>
        <source>Co&amp;mmand:</source>
        <translation>&amp;Commande :</translation>
    </message>
    <message>
        <source>restarts $QPROXYSQL_HOST; empty: you are told when to do it</source>
        <translation>redémarre $QPROXYSQL_HOST ; vide : on vous dit quand le faire</translation>
    </message>
    <message>
        <source>&amp;Begin</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>Co&amp;ntinuer</translation>
    </message>
    <message>
        <source>&amp;End It</source>
        <translation>&amp;Terminer</translation>
    </message>
    <message>
        <source>Copy &amp;as Command</source>
        <translation>Copier comme c&amp;ommande</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>No peer is chosen.</source>
        <translation>Aucun nœud n&apos;est choisi.</translation>
    </message>
    <message>
        <source>Read-only window: nothing was changed.</source>
        <translation>Fenêtre en lecture seule : rien n&apos;a été changé.</translation>
    </message>
    <message>
        <source>All peers were restarted.</source>
        <translation>Tous les nœuds ont été redémarrés.</translation>
    </message>
    <message>
        <source>Begun by %1, and interrupted.</source>
        <translation>Commencé par %1, et interrompu.</translation>
    </message>
    <message>
        <source>Stopped at %1</source>
        <translation>Arrêté à %1</translation>
    </message>
    <message>
        <source>Ended before all peers were restarted.</source>
        <translation>Terminé avant que tous les nœuds aient été redémarrés.</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>&amp;Interrupt</source>
        <translation>&amp;Interrompre</translation>
    </message>
    <message>
        <source>It stops where it is, and can be continued later</source>
        <translation>Il s&apos;arrête où il en est, et pourra être continué plus tard</translation>
    </message>
    <message>
        <source>One peer after the other is drained, restarted when it is safe, and resumed when it is ready. It stops when a step fails.</source>
        <translation>Un nœud après l&apos;autre est vidé, redémarré quand c&apos;est sans risque, et remis en service quand il est prêt. Tout s&apos;arrête si une étape échoue.</translation>
    </message>
    <message>
        <source>Nothing is restarted yet</source>
        <translation>Rien n&apos;est encore redémarré</translation>
    </message>
    <message>
        <source>SAFE TO STOP: restart %1 now</source>
        <translation>ARRÊT SANS RISQUE : redémarrez %1 maintenant</translation>
    </message>
    <message>
        <source>SAFE TO STOP: the command restarts %1</source>
        <translation>ARRÊT SANS RISQUE : la commande redémarre %1</translation>
    </message>
    <message>
        <source>Do not stop any server now</source>
        <translation>N&apos;arrêtez aucun serveur maintenant</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>attend</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Pas commencé</translation>
    </message>
</context>
<context>
    <name>qproxysql::RowsView</name>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
</context>
<context>
    <name>qproxysql::SettingsDialog</name>
    <message>
        <source>&amp;Read-only: refuse to change anything</source>
        <translation>&amp;Lecture seule : refuser tout changement</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>&amp;Utilisateur :</translation>
    </message>
    <message>
        <source>none: only what applications report is seen</source>
        <translation>aucun : seul ce que rapportent les applications est visible</translation>
    </message>
    <message>
        <source>&amp;Password command:</source>
        <translation>&amp;Commande du mot de passe :</translation>
    </message>
    <message>
        <source>prints the password, as in: pass show db/operator</source>
        <translation>affiche le mot de passe, par exemple : pass show db/operator</translation>
    </message>
    <message>
        <source>&amp;Option file:</source>
        <translation>Fichier d&apos;&amp;options :</translation>
    </message>
    <message>
        <source>my.cnf with user and password</source>
        <translation>my.cnf avec utilisateur et mot de passe</translation>
    </message>
    <message>
        <source>&amp;Strip above the pools:</source>
        <translation>&amp;Bande au-dessus des pools :</translation>
    </message>
    <message>
        <source>as in: PRODUCTION</source>
        <translation>par exemple : PRODUCTION</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Lecture seule</translation>
    </message>
    <message>
        <source>Account and read-only take effect at the next start. Passwords are never kept here.</source>
        <translation>Le compte et la lecture seule comptent à partir du prochain démarrage. Les mots de passe ne sont jamais gardés ici.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Mark a drain as forgotten after, in hours</source>
        <translation>Marquer un vidage comme oublié après, en heures</translation>
    </message>
    <message>
        <source> h</source>
        <translation> h</translation>
    </message>
    <message>
        <source>Drain for&amp;gotten after:</source>
        <translation>Vidage oublié a&amp;près :</translation>
    </message>
</context>
<context>
    <name>qproxysql::Steering</name>
    <message>
        <source>Rechecking %1...</source>
        <translation>Sondage de %1...</translation>
    </message>
    <message>
        <source>%1. Nothing was changed. Drain it again and type the pool&apos;s name to do it anyway.</source>
        <translation>%1. Rien n&apos;a été changé. Videz-le de nouveau et saisissez le nom du pool pour le faire tout de même.</translation>
    </message>
    <message>
        <source>%1 was not changed: %2</source>
        <translation>%1 n&apos;a pas été changé : %2</translation>
    </message>
    <message>
        <source>Drain of %1 requested, not yet safe to stop.</source>
        <translation>Vidage de %1 demandé, arrêt encore risqué.</translation>
    </message>
    <message>
        <source>%1 is draining already.</source>
        <translation>%1 est déjà en cours de vidage.</translation>
    </message>
    <message>
        <source>%1 is in service again, but does not answer (%2); applications use it once it does.</source>
        <translation>%1 est de nouveau en service, mais ne répond pas (%2) ; les applications l&apos;utiliseront dès qu&apos;il répondra.</translation>
    </message>
    <message>
        <source>%1 is in service again.</source>
        <translation>%1 est de nouveau en service.</translation>
    </message>
    <message>
        <source>%1 is in service already.</source>
        <translation>%1 est déjà en service.</translation>
    </message>
    <message>
        <source>Without an account %1 cannot be probed from here; applications recheck it by themselves.</source>
        <translation>Sans compte, %1 ne peut pas être sondé d&apos;ici ; les applications le sondent d&apos;elles-mêmes.</translation>
    </message>
    <message>
        <source>%1 answers: %2, %3 ms.</source>
        <translation>%1 répond : %2, %3 ms.</translation>
    </message>
    <message>
        <source>%1 does not answer: %2</source>
        <translation>%1 ne répond pas : %2</translation>
    </message>
    <message>
        <source>%1 was rechecked.</source>
        <translation>%1 a été sondé.</translation>
    </message>
    <message>
        <source>The report on %1 is in the clipboard.</source>
        <translation>Le rapport sur %1 est dans le presse-papiers.</translation>
    </message>
    <message>
        <source>Read-only window: %1 was not changed.</source>
        <translation>Fenêtre en lecture seule : %1 n&apos;a pas été changé.</translation>
    </message>
    <message>
        <source>Not written to %1</source>
        <translation>Non écrit : %1</translation>
    </message>
</context>
<context>
    <name>qproxysql::WatchedSource</name>
    <message>
        <source>this machine</source>
        <translation>cette machine</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>démo</translation>
    </message>
</context>
<context>
    <name>EventMemory</name>
    <message>
        <source>up, was down when it was last seen</source>
        <translation>en marche, était en panne quand il a été vu pour la dernière fois</translation>
    </message>
    <message>
        <source>events are not kept for the next start: %1</source>
        <translation>les événements ne sont pas gardés pour le prochain démarrage : %1</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of %1 could not be read and were left out</source>
        <translation>
            <numerusform>%n ligne de %1 n&apos;a pas pu être lue et a été omise</numerusform>
            <numerusform>%n lignes de %1 n&apos;ont pas pu être lues et ont été omises</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>%1 (hidden by default)</source>
        <translation>%1 (masquée au départ)</translation>
    </message>
    <message>
        <source>Glyphs</source>
        <translation>Symboles</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
</context>
<context>
    <name>qproxysql::AttentionBox</name>
    <message>
        <source>When nobody looks</source>
        <translation>Quand personne ne regarde</translation>
    </message>
    <message>
        <source>&amp;Icon in the tray, with the worst state</source>
        <translation>&amp;Icône dans la zone de notification, avec le pire état</translation>
    </message>
    <message>
        <source>C&amp;lose the window to the tray</source>
        <translation>&amp;Fermer ne fait que cacher la fenêtre</translation>
    </message>
    <message>
        <source>This desktop has no tray.</source>
        <translation>Ce bureau n’a pas de zone de notification.</translation>
    </message>
    <message>
        <source>Desktop notifications:</source>
        <translation>Notifications :</translation>
    </message>
    <message>
        <source>This desktop shows no notifications.</source>
        <translation>Ce bureau n’affiche pas de notifications.</translation>
    </message>
</context>
<context>
    <name>qproxysql::HelpDialog</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Précédent</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>Legend and Keys</source>
        <translation>Légende et touches</translation>
    </message>
    <message>
        <source>Operator&apos;s Guide</source>
        <translation>Guide de l’opérateur</translation>
    </message>
    <message>
        <source>The operator&apos;s guide is not installed.</source>
        <translation>Le guide de l’opérateur n’est pas installé.</translation>
    </message>
    <message>
        <source>There is no %1. The guide is in the folder docs of QPROXYSQL&apos;s sources; Debian&apos;s package qproxysql-doc installs it.</source>
        <translation>%1 n’existe pas. Le guide est dans le dossier docs des sources de QPROXYSQL ; le paquet Debian qproxysql-doc l’installe.</translation>
    </message>
</context>
<context>
    <name>qproxysql::NotificationService</name>
    <message>
        <source>QPROXYSQL Monitor</source>
        <translation>Moniteur QPROXYSQL</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>qproxysql::Notifications</name>
    <message>
        <source>Up again</source>
        <translation>De retour</translation>
    </message>
    <message>
        <source>Forgotten drain</source>
        <translation>Vidage oublié</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%1 et %n autre</numerusform>
            <numerusform>%1 et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 more since the last notification</source>
        <translation>%1 de plus depuis la dernière notification</translation>
    </message>
</context>
<context>
    <name>qproxysql::TrayIcon</name>
    <message>
        <source>&amp;Show Window</source>
        <translation>&amp;Afficher la fenêtre</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
</context>
</TS>
