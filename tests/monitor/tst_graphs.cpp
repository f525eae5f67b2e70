// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fleetview.h"
#include "monitorfixture.h"

#include "history/historyring.h"
#include "models/graphseries.h"
#include "window/graphspane.h"
#include "window/graphview.h"
#include "window/peerstable.h"

#include <QtGui/QImage>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QLabel>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>

#include <ctime>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Begin = 1'800'000'000'000;
constexpr qint64 Now = Begin + 300'000;

/// Sessions rise from 0 to 300; from 100 to 199 s nobody looked, from 250 s on it is down.
HistoryRing usualRing()
{
    HistoryRing ring;
    for (int i = 0; i <= 300; ++i) {
        if (i >= 100 && i < 200)
            continue;
        HistorySample sample{double(i), 1000, 3, 0, 0, i >= 250};
        sample.errors = i == 50 ? 4 : 0;
        ring.note(sample, Begin + i * 1000, i == 0 || i == 200 ? 0ms : 1000ms);
    }
    return ring;
}

GraphSeries seriesOf(HistoryValue value, int mostPoints = 1000)
{
    return GraphSeries::of(usualRing(), value, HistorySpan::FiveMinutes, Now, mostPoints);
}

/// The pixels in one column of the plot that differ from its background.
int inkAt(const QImage &image, int x, int from, int to)
{
    int ink = 0;
    for (int y = from; y < to; ++y)
        ink += image.pixelColor(x, y).lightness() < 200 ? 1 : 0;
    return ink;
}

} // namespace

/// The graphs of a peer.
class tst_Graphs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void points();
    void roundTops_data();
    void roundTops();
    void texts();
    void gapsAreNoLines();
    void keysMoveTheCursor();
    void cursorIsShared();
    void spans();
    void nothingIsCut_data();
    void nothingIsCut();
    void costLittle();
};

void tst_Graphs::points()
{
    const GraphSeries sessions = seriesOf(HistoryValue::Sessions);
    QCOMPARE(sessions.points.size(), 300);
    QCOMPARE(sessions.length, 1000);
    QVERIFY(!sessions.at(Begin + 150'500)->value);
    QVERIFY(std::abs(*sessions.at(Begin + 220'500)->value - 221) <= 1);
    QVERIFY(sessions.points.constLast().isNotReached);
    QVERIFY(!sessions.at(Begin - 5'000));
    QVERIFY(!sessions.at(Now + 5'000));
    // Less room, fewer points; counts have wide bars in any case.
    QCOMPARE(seriesOf(HistoryValue::Sessions, 200).length, 2000);
    const GraphSeries errors = seriesOf(HistoryValue::Errors, 200);
    QCOMPARE(errors.length, 10'000);
    QCOMPARE(errors.at(Begin + 50'000)->value, std::optional(4.0));
    QCOMPARE(errors.at(Begin + 10'000)->value, std::optional(0.0));
    QCOMPARE(errors.at(Begin + 150'000)->value, std::nullopt);
}

void tst_Graphs::roundTops_data()
{
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("top");
    QTest::addColumn<int>("value");
    const int sessions = int(HistoryValue::Sessions);
    QTest::newRow("none") << 0.0 << 1.0 << sessions;
    QTest::newRow("one") << 1.0 << 1.0 << sessions;
    QTest::newRow("seven") << 7.0 << 10.0 << sessions;
    QTest::newRow("41") << 41.0 << 50.0 << sessions;
    QTest::newRow("a million") << 1'000'001.0 << 2'000'000.0 << sessions;
    QTest::newRow("fast") << 0.3 << 0.5 << int(HistoryValue::ConnectMs);
    QTest::newRow("half an error") << 0.3 << 1.0 << int(HistoryValue::Errors);
}

void tst_Graphs::roundTops()
{
    QFETCH(double, most);
    GraphSeries series;
    QFETCH(int, value);
    series.value = HistoryValue(value);
    series.points = {{0, 0.0, false}, {1000, most, false}, {2000, std::nullopt, false}};
    QTEST(series.top(), "top");
}

void tst_Graphs::texts()
{
    const GraphSeries sessions = seriesOf(HistoryValue::Sessions);
    QCOMPARE(sessions.text({}), u"300"_s);
    QCOMPARE(sessions.text(Begin + 150'000), u"no data"_s);
    const GraphSeries errors = seriesOf(HistoryValue::Errors);
    QCOMPARE(errors.title(), u"Errors per 10 s"_s);
    QCOMPARE(errors.text({}), u"4 in all"_s);
    QCOMPARE(errors.text(Begin + 51'000), u"4"_s);
    QVERIFY(errors.description({}).contains(u"In 5 min: from 0 to 4."_s));
    const GraphSeries nothing = GraphSeries::of({}, HistoryValue::Errors, HistorySpan::Day, Now,
                                                100);
    QCOMPARE(nothing.text({}), u"no data"_s);
    QCOMPARE(nothing.title(), u"Errors per 30 min"_s);
    QCOMPARE(GraphSeries::number(0.04), u"0.04"_s);
    QCOMPARE(GraphSeries::number(3.24), u"3.2"_s);
    QCOMPARE(GraphSeries::number(41.02), u"41"_s);
    QCOMPARE(GraphSeries::number(1234.4), u"1234"_s);
}

void tst_Graphs::gapsAreNoLines()
{
    GraphView view(HistoryValue::Statements);
    QPalette light(Qt::lightGray);
    light.setColor(QPalette::Base, Qt::white);
    view.setPalette(light);
    view.resize(400, 200);
    view.setSeries(seriesOf(HistoryValue::Statements));
    QImage image(view.size(), QImage::Format_RGB32);
    view.render(&image);
    const GraphPainter painter(view.series(), view.rect(), view.fontMetrics(), Qt::LeftToRight);
    const QRect plot = painter.plot().toRect();
    const auto xAt = [&plot](int second) { return plot.left() + plot.width() * second / 300; };
    // Not the grid's lines at top, middle and bottom.
    const int from = plot.top() + 4;
    const int to = plot.top() + plot.height() / 2 - 4;
    QVERIFY(std::abs(painter.timeAt(xAt(150)) - (Begin + 150'000)) < 2000);
    QVERIFY(inkAt(image, xAt(50), plot.top() - 3, to) > 0);
    for (int second = 110; second < 190; ++second)
        QCOMPARE(inkAt(image, xAt(second), from, to), 0);
    QVERIFY(inkAt(image, xAt(150), plot.top() - 3, from) <= 1); // the grid alone
}

void tst_Graphs::keysMoveTheCursor()
{
    GraphsPane pane;
    const HistoryRing ring = usualRing();
    pane.resize(1000, 300);
    pane.show();
    pane.setHistory(u"Graphs of db1:"_s, &ring, Now);
    auto *const graph = qobject_cast<GraphView *>(pane.firstGraph());
    QVERIFY(graph);
    QCOMPARE(graph->accessibleName(), u"Sessions"_s);
    graph->setFocus();
    pane.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
    QSignalSpy moved(graph, &GraphView::cursorMoved);
    QTest::keyClick(graph, Qt::Key_Left);
    QCOMPARE(moved.count(), 1);
    QVERIFY(graph->accessibleDescription().contains(u": 299"_s)
            || graph->accessibleDescription().contains(u": 300"_s));
    QTest::keyClick(graph, Qt::Key_Home);
    QCOMPARE(moved.last().at(0).value<std::optional<qint64>>(), std::optional(Begin));
    QTest::keyClick(graph, Qt::Key_Right);
    QTest::keyClick(graph, Qt::Key_End);
    QTest::keyClick(graph, Qt::Key_Right); // stays
    QCOMPARE(moved.last().at(0).value<std::optional<qint64>>(), std::optional(Now));
    QTest::keyClick(graph, Qt::Key_Escape);
    QVERIFY(!moved.last().at(0).value<std::optional<qint64>>());
    QVERIFY(graph->accessibleDescription().startsWith(u"Now: "_s));
}

void tst_Graphs::cursorIsShared()
{
    GraphsPane pane;
    const HistoryRing ring = usualRing();
    pane.resize(1000, 300);
    pane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&pane));
    pane.setHistory(u"Graphs of db1:"_s, &ring, Now);
    auto *const graph = pane.findChildren<GraphView *>().constLast();
    QTest::mouseMove(graph, graph->rect().center());
    const QLabel &time = *pane.findChild<QLabel *>(u"graphsTime"_s);
    QTRY_VERIFY(!time.text().isEmpty());
    QMouseEvent leave(QEvent::Leave, QPointF(), QPointF(), Qt::NoButton, Qt::NoButton, {});
    QCoreApplication::sendEvent(graph, &leave);
    QTRY_VERIFY(time.text().isEmpty());
}

void tst_Graphs::spans()
{
    GraphsPane pane;
    QSignalSpy changed(&pane, &GraphsPane::spanChanged);
    QCOMPARE(pane.span(), HistorySpan::FiveMinutes);
    for (QAbstractButton *button : pane.findChildren<QAbstractButton *>()) {
        if (button->text() == u"24 h"_s)
            button->click();
    }
    QCOMPARE(changed.count(), 1);
    QCOMPARE(pane.span(), HistorySpan::Day);
    pane.setHistory(u"Graphs of db1:"_s, nullptr, Now); // never recorded
    QCOMPARE(qobject_cast<GraphView *>(pane.firstGraph())->series().text({}), u"no data"_s);
}

void tst_Graphs::nothingIsCut_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1024x600") << QSize(1008, 180);
    QTest::newRow("200 %") << QSize(496, 90);
    QTest::newRow("wide") << QSize(2500, 500);
}

// Graphs that do not fit are scrolled to, one below the other.
void tst_Graphs::nothingIsCut()
{
    QFETCH(QSize, size);
    GraphsPane pane;
    const HistoryRing ring = usualRing();
    pane.resize(size);
    pane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&pane));
    for (int i = 0; i < 2; ++i) // the second after the layout
        pane.setHistory(u"Graphs of db1:"_s, &ring, Now);
    const QScrollArea &area = *pane.findChild<QScrollArea *>();
    QTRY_COMPARE(area.horizontalScrollBar()->maximum(), 0);
    for (const GraphView *graph : pane.findChildren<GraphView *>()) {
        QTRY_VERIFY(graph->width() >= graph->minimumSizeHint().width());
        QVERIFY(graph->height() >= graph->minimumSizeHint().height());
        const QFontMetrics metrics = graph->fontMetrics();
        QVERIFY(metrics.horizontalAdvance(graph->series().title() + u"  "_s
                                          + graph->series().text({}))
                < graph->width());
    }
}

// The figures are informative; the assertion only detects changes by orders of magnitude.
void tst_Graphs::costLittle()
{
    constexpr int Ticks = 30;
    QTemporaryDir folder;
    MonitorFixture fixture;
    fixture.sources.recorder().setFolder(folder.path());
    FleetView fleet;
    ClusterHistory history(Clock::steady());
    fixture.script->next = fleet.viewAt(0);
    QVERIFY(fixture.show());
    QTRY_COMPARE(fixture.page().table().order().rowCount(), FleetView::Peers);
    const auto milliseconds = [](std::clock_t from) {
        return 1000.0 * double(std::clock() - from) / CLOCKS_PER_SEC;
    };
    double counters = 0;
    double reading = 0;
    double saving = 0;
    const auto tick = [&](int number) {
        ClusterView view = fleet.viewAt(number);
        std::clock_t begin = std::clock();
        history.note(&view);
        counters += milliseconds(begin) / Ticks / 2;
        fixture.script->next = view;
        begin = std::clock();
        if (!fixture.refresh())
            return -1.0;
        QCoreApplication::processEvents(); // paints it
        const double spent = milliseconds(begin);
        if (number % 10 == 0) { // as often as at 1 Hz
            begin = std::clock();
            QSignalSpy saved(&fixture.sources.recorder(), &PeerRecorder::saved);
            fixture.sources.recorder().save();
            if (saved.count() == 0 && !saved.wait())
                return -1.0;
            saving += milliseconds(begin) / Ticks / 2;
        }
        return spent;
    };
    double hidden = 0;
    for (int i = 1; i <= Ticks; ++i)
        hidden += tick(i) / Ticks;
    fixture.page().showPane(PoolPage::Graphs);
    double shown = 0;
    for (int i = 1; i <= Ticks; ++i)
        shown += tick(Ticks + i) / Ticks;
    QList<QByteArray> lines;
    for (const ProcessReport &report : fleet.reportsAt(1))
        lines.append(report.toLine());
    const std::clock_t begin = std::clock();
    for (const QByteArray &line : std::as_const(lines))
        QVERIFY(ProcessReport::read(line).hasValue());
    reading = milliseconds(begin);
    qInfo("200 peers, 30 applications, ms of processor time a second at 1 Hz: window %.1f, with "
          "graphs %.1f; counters and history %.1f; writing %.2f. Reading the reports: %.1f",
          hidden, shown, counters, saving, reading);
    QVERIFY(fixture.sources.recorder().find(u"orders"_s, u"db0:3306"_s));
    QVERIFY(hidden > 0 && shown > 0);
    QVERIFY2(shown + counters + saving < 500, qPrintable(QString::number(shown)));
}

QTEST_MAIN(tst_Graphs)
#include "tst_graphs.moc"
