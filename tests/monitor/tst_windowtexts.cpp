// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "monitorfixture.h"

#include "window/draincardwidget.h"
#include "window/draindialog.h"
#include "window/peerstable.h"
#include "window/steering.h"
#include "window/translations.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTranslator>
#include <QtCore/QXmlStreamReader>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

struct Message
{
    QString context;
    QString source;
    bool isNumerus = false;
    bool isFinished = true;
    QStringList forms; ///< of the translation; one unless it is numerus
};

QList<Message> messagesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const auto name = xml.name();
        if (name == "name"_L1) {
            context = xml.readElementText();
        } else if (name == "message"_L1) {
            Message message;
            message.context = context;
            message.isNumerus = xml.attributes().value("numerus"_L1) == "yes"_L1;
            messages.append(message);
        } else if (name == "source"_L1) {
            messages.last().source = xml.readElementText();
        } else if (name == "translation"_L1) {
            messages.last().isFinished = !xml.attributes().hasAttribute("type"_L1);
            if (!messages.last().isNumerus)
                messages.last().forms.append(xml.readElementText());
        } else if (name == "numerusform"_L1) {
            messages.last().forms.append(xml.readElementText());
        }
    }
    return messages;
}

/// "%1", "%n", ... sorted, each once.
QStringList placesIn(const QString &text)
{
    static const QRegularExpression place(u"%(n|[0-9])"_s);
    QStringList places;
    for (auto it = place.globalMatch(text); it.hasNext();)
        places.append(it.next().captured());
    places.sort();
    places.removeDuplicates();
    return places;
}

QString tsFile(const QString &language)
{
    return QStringLiteral(TRANSLATIONS "/qproxysql_%1.ts").arg(language);
}

} // namespace

/// The window in each language: complete, and with room for every word.
class tst_WindowTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isComplete_data() { addLanguages(); }
    void isComplete();
    void knowsEveryText_data() { addLanguages(); }
    void knowsEveryText();
    void nothingIsCut_data() { addLanguages(); }
    void nothingIsCut();
    void pluralsAreRight();

private:
    static void addLanguages()
    {
        QTest::addColumn<QString>("language");
        for (const char *language : {"en", "de", "fr"})
            QTest::newRow(language) << QString::fromLatin1(language);
    }
};

void tst_WindowTexts::isComplete()
{
    QFETCH(QString, language);
    const QList<Message> messages = messagesOf(tsFile(language));
    QVERIFY2(messages.size() > (language == "en"_L1 ? 20 : 200),
             qPrintable(QString::number(messages.size())));
    for (const Message &message : messages) {
        const QByteArray what = (message.context + ": "_L1 + message.source).toUtf8();
        QVERIFY2(message.isFinished, what.constData());
        QCOMPARE(message.forms.size(), message.isNumerus ? 2 : 1);
        for (const QString &form : message.forms) {
            QVERIFY2(!form.isEmpty(), what.constData());
            QStringList places = placesIn(form);
            if (message.isNumerus && !places.contains(u"%n"_s))
                places.append(u"%n"_s); // "ein Server"
            places.sort();
            QStringList wanted = placesIn(message.source);
            if (message.isNumerus && !wanted.contains(u"%n"_s))
                wanted.append(u"%n"_s);
            wanted.sort();
            QVERIFY2(places == wanted, what.constData());
        }
    }
}

// The file must have every text that lupdate finds in the sources.
void tst_WindowTexts::knowsEveryText()
{
    QFETCH(QString, language);
    QTemporaryDir folder;
    const QString copy = folder.filePath(u"qproxysql_%1.ts"_s.arg(language));
    QVERIFY(QFile::copy(tsFile(language), copy));
    QProcess lupdate;
    lupdate.start(QStringLiteral(LUPDATE),
                  QStringList{u"-silent"_s, u"-no-obsolete"_s, u"-locations"_s, u"none"_s, u"-I"_s,
                              QStringLiteral(ROOT "/monitor-app"), u"-I"_s,
                              QStringLiteral(ROOT "/src")}
                          + QStringLiteral(SOURCES).split(u'|')
                          // English needs only its plurals.
                          + (language == "en"_L1 ? QStringList{u"-pluralonly"_s} : QStringList())
                          + QStringList{u"-ts"_s, copy});
    QVERIFY2(lupdate.waitForFinished(), "install qt6-l10n-tools");
    QCOMPARE(lupdate.exitCode(), 0);
    QSet<QString> known;
    for (const Message &message : messagesOf(tsFile(language)))
        known.insert(message.context + u'|' + message.source);
    for (const Message &message : messagesOf(copy))
        QVERIFY2(known.contains(message.context + u'|' + message.source),
                 qPrintable(u"run the target update-translations: "_s + message.source));
}

void tst_WindowTexts::nothingIsCut()
{
    QFETCH(QString, language);
    QTranslator texts;
    QVERIFY2(texts.load(u":/qproxysql/translations/qproxysql_%1.qm"_s.arg(language)),
             "install qt6-l10n-tools and build again");
    QCoreApplication::installTranslator(&texts);
    MonitorFixture fixture;
    QVERIFY(fixture.show());
    fixture.window.resize(1024, 700);
    QVERIFY(fixture.refresh());
    QVERIFY2(fixture.window.minimumSizeHint().width() <= 1024,
             qPrintable(QString::number(fixture.window.minimumSizeHint().width())));
    QVERIFY2(fixture.window.minimumSizeHint().height() <= 700,
             qPrintable(QString::number(fixture.window.minimumSizeHint().height())));
    QTRY_COMPARE(fixture.window.size(), QSize(1024, 700));

    PeersTable &table = fixture.page().table();
    QCOMPARE(table.horizontalScrollBar()->maximum(), 0);
    for (int column = 0; column < PeersModel::DefaultColumns; ++column) {
        const QString title = table.model()->headerData(column, Qt::Horizontal).toString();
        QVERIFY2(table.header()->sectionSize(column) >= table.header()->sectionSizeHint(column),
                 qPrintable(title));
        for (int row = 0; row < table.order().rowCount(); ++row) {
            const QModelIndex index = table.order().index(row, column);
            const int wanted = table.itemDelegate()->sizeHint({}, index).width();
            QVERIFY2(table.columnWidth(column) >= wanted, qPrintable(index.data().toString()));
        }
    }
    fixture.page().showPane(PoolPage::Events);
    QCOMPARE(fixture.mnemonicClash(), QString());
    fixture.page().showPane(PoolPage::Applications);
    const QList<QToolBar *> bars = fixture.window.findChildren<QToolBar *>();
    for (const QToolBar *bar : bars)
        QVERIFY2(bar->sizeHint().width() <= bar->width(), "the tool bar is cut");
    fixture.page().table().setCurrentPeer(u"db1:3306"_s);
    fixture.window.steering().drain(fixture.page(), {u"db1:3306"_s});
    QVERIFY(fixture.window.steering().dialog());
    QVERIFY(QTest::qWaitForWindowExposed(fixture.window.steering().dialog()));
    const QList<QWidget *> widgets = fixture.window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const bool isText = qobject_cast<const QPushButton *>(widget)
                            || (qobject_cast<const QLabel *>(widget)
                                && !static_cast<const QLabel *>(widget)->wordWrap()
                                && widget->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored);
        if (isText && widget->isVisible())
            QVERIFY2(widget->width() >= widget->minimumSizeHint().width(),
                     qPrintable(widget->objectName()));
    }
    fixture.window.steering().dialog()->reject();
    QCoreApplication::removeTranslator(&texts);
}

void tst_WindowTexts::pluralsAreRight()
{
    QCOMPARE(QCoreApplication::translate("QProxySql", "%n session(s)", nullptr, 1),
             u"1 session(s)"_s);
    installTranslations(QLocale(u"de_DE"_s));
    const auto sessions = [](int number) {
        return QCoreApplication::translate("QProxySql", "%n session(s)", nullptr, number);
    };
    QCOMPARE(sessions(1), u"1 Sitzung"_s);
    QCOMPARE(sessions(2), u"2 Sitzungen"_s);
    // A language without a translation gets the English plurals.
    installTranslations(QLocale(u"fi_FI"_s));
    QCOMPARE(sessions(1), u"1 session"_s);
    QCOMPARE(sessions(2), u"2 sessions"_s);
    installTranslations(QLocale(u"fr_FR"_s));
    QCOMPARE(sessions(0), u"0 session"_s);
    QCOMPARE(sessions(2), u"2 sessions"_s);
}

QTEST_MAIN(tst_WindowTexts)
#include "tst_windowtexts.moc"
