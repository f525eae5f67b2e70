// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

// The #include lines of the sources against src/rooms.txt, and how long files and rooms are.
class tst_Rooms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void namesOnlyRoomsBelow();
    void includesOnlyWhatIsAllowed_data();
    void includesOnlyWhatIsAllowed();
    void listsEveryFolder();
    void noFileIsLong();
    void noRoomIsLarge();

private:
    struct Room
    {
        QString folder;
        QStringList allowed;
        QString name() const { return folder.section(u'/', -1); }
    };
    QList<Room> m_rooms;
};

namespace {

const QString sources = QStringLiteral(PROJECT_SOURCES);

QStringList linesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n')
                                          : QStringList();
}

// Nothing follows the last end of line.
qsizetype lengthOf(const QString &path)
{
    return linesOf(path).size() - 1;
}

} // namespace

void tst_Rooms::initTestCase()
{
    for (const QString &line : linesOf(sources + "/src/rooms.txt"_L1)) {
        if (line.startsWith(u'#') || line.isEmpty())
            continue;
        m_rooms.append(
                {line.section(u':', 0, 0), line.section(u':', 1).split(u' ', Qt::SkipEmptyParts)});
    }
    QVERIFY(m_rooms.size() > 10);
}

void tst_Rooms::namesOnlyRoomsBelow()
{
    QStringList below;
    for (const Room &room : m_rooms) {
        for (const QString &allowed : room.allowed)
            QVERIFY2(below.contains(allowed), qPrintable(room.folder + ": "_L1 + allowed));
        below.append(room.name());
    }
}

void tst_Rooms::includesOnlyWhatIsAllowed_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(m_rooms.size()); ++i)
        QTest::newRow(qPrintable(m_rooms.at(i).folder)) << i;
}

void tst_Rooms::includesOnlyWhatIsAllowed()
{
    QFETCH(const int, index);
    const Room &room = m_rooms.at(index);
    static const QRegularExpression include(u"^#include \"([^\"/]+)/[^\"]+\""_s);
    QStringList unused = room.allowed;
    QDirIterator files(sources + u'/' + room.folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files);
    QVERIFY(files.hasNext());
    while (files.hasNext()) {
        const QString file = files.next();
        for (const QString &line : linesOf(file)) {
            const QString other = include.match(line).captured(1);
            unused.removeAll(other);
            QVERIFY2(other.isEmpty() || other == room.name() || room.allowed.contains(other),
                     qPrintable(file + ": "_L1 + line));
        }
    }
    QCOMPARE(unused, QStringList());
}

void tst_Rooms::listsEveryFolder()
{
    QStringList listed;
    for (const Room &room : std::as_const(m_rooms))
        listed.append(room.folder);
    for (const QString &top : {u"src"_s, u"monitor-app"_s}) {
        const QDir dir(sources + u'/' + top);
        for (const QString &folder : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY2(listed.contains(top + u'/' + folder) || folder == "cmake"_L1,
                     qPrintable(folder));
    }
}

void tst_Rooms::noFileIsLong()
{
    QStringList tooLong;
    for (const QString &top : {u"src"_s, u"sqldriver"_s, u"monitor-app"_s, u"tests"_s, u"docs"_s}) {
        QDirIterator files(sources + u'/' + top, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            const qsizetype lines = lengthOf(file);
            if (lines > 400)
                tooLong.append(u"%1: %2 lines"_s.arg(file).arg(lines));
        }
    }
    QVERIFY2(tooLong.isEmpty(), qPrintable(u"over 400: "_s + tooLong.join(u", "_s)));
}

void tst_Rooms::noRoomIsLarge()
{
    QMap<QString, qsizetype> lines;
    qsizetype core = 0;
    for (const Room &room : std::as_const(m_rooms)) {
        if (!room.folder.startsWith("src/"_L1))
            continue;
        QDirIterator files(sources + u'/' + room.folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files);
        while (files.hasNext())
            lines[room.folder] += lengthOf(files.next());
        core += lines.value(room.folder);
    }
    for (const auto &[folder, count] : lines.asKeyValueRange()) {
        QVERIFY2(count * 100 <= core * 15,
                 qPrintable(u"%1: %2 of %3 lines"_s.arg(folder).arg(count).arg(core)));
    }
}

QTEST_GUILESS_MAIN(tst_Rooms)
#include "tst_rooms.moc"
