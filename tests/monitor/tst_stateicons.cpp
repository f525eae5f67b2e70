// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "colorscience.h"
#include "madeupcluster.h"

#include "models/peerdelegate.h"
#include "models/peersmodel.h"
#include "models/stateicon.h"

#include <QtGui/QPainter>
#include <QtGui/QStandardItemModel>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QTreeView>

#include <algorithm>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

struct Scheme
{
    const char *name;
    QRgb base;
    QRgb alternate;
    QRgb text;
    QRgb highlight;
    QRgb highlightedText;
};
constexpr Scheme Schemes[] =
        {{"Fusion", 0xffffffff, 0xfff7f7f7, 0xff000000, 0xff308cc6, 0xffffffff},
         {"Breeze", 0xffffffff, 0xfff7f7f7, 0xff232629, 0xff3daee9, 0xffffffff},
         {"Adwaita", 0xffffffff, 0xfff0f0f0, 0xff2e3436, 0xff3584e4, 0xffffffff},
         {"Windows", 0xffffffff, 0xffe9e7e3, 0xff000000, 0xff0078d7, 0xffffffff},
         {"Breeze dark", 0xff1b1e20, 0xff232629, 0xfffcfcfc, 0xff3daee9, 0xfffcfcfc},
         {"Fusion dark", 0xff2d2d2d, 0xff353535, 0xffffffff, 0xff308cc6, 0xffffffff},
         {"Adwaita dark", 0xff2d2d2d, 0xff303030, 0xffeeeeec, 0xff15539e, 0xffffffff},
         {"black", 0xff000000, 0xff121212, 0xffffffff, 0xff5e2c8b, 0xffffffff}};

QPalette paletteOf(const Scheme &scheme)
{
    QPalette palette;
    palette.setColor(QPalette::Base, scheme.base);
    palette.setColor(QPalette::AlternateBase, scheme.alternate);
    palette.setColor(QPalette::Text, scheme.text);
    palette.setColor(QPalette::Highlight, scheme.highlight);
    palette.setColor(QPalette::HighlightedText, scheme.highlightedText);
    return palette;
}

QList<DisplayState> allStates()
{
    QList<DisplayState> all;
    for (int i = 0; i < DisplayStateCount; ++i)
        all.append(DisplayState(i));
    return all;
}

QByteArray wordOf(DisplayState state)
{
    return stateWord(state).toUtf8();
}

/// The glyph in black on transparent, i.e. its shape without colour.
QImage shapeOf(DisplayState state, int side, double ratio)
{
    QImage image(QSize(side, side) * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintState(&painter, QRectF(0, 0, side, side), state, Qt::black, 0);
    return image;
}

/// The part of the square in which two shapes differ, 0 to 1.
double difference(const QImage &one, const QImage &other)
{
    double sum = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x)
            sum += std::abs(qAlpha(one.pixel(x, y)) - qAlpha(other.pixel(x, y))) / 255.0;
    }
    return sum / (one.width() * one.height());
}

bool hasColor(const QImage &image, const QRect &rect, const QColor &color)
{
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            if (image.pixelColor(x, y).rgb() == color.rgb())
                return true;
        }
    }
    return false;
}

/// True for a black line, whose edges are grey.
bool hasLine(const QImage &image, const QRect &rect)
{
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            if (qRed(pixel) < 100 && qBlue(pixel) < 100)
                return true;
        }
    }
    return false;
}

/// The bounding rectangle of what was drawn.
QRect inkOf(const QImage &image, const QColor &background)
{
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).rgb() != background.rgb())
                ink |= QRect(x, y, 1, 1);
        }
    }
    return ink;
}

QImage trendOf(const QList<TrendSample> &trend, Qt::LayoutDirection direction)
{
    QImage image(120, 24, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    PeerDelegate::paintTrend(&painter, QRectF(0, 0, 120, 24), trend, Qt::black, Qt::red, direction);
    return image;
}

} // namespace

/// Glyphs, their colours, and their painting by a delegate.
class tst_StateIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(u"Fusion"_s)); }

    void contrast_data()
    {
        QTest::addColumn<int>("scheme");
        for (int i = 0; i < int(std::size(Schemes)); ++i)
            QTest::newRow(Schemes[i].name) << i;
    }

    // At least 3 to 1 on every background of a row. No colour has that contrast on a selection's
    // background (some are of medium lightness): there the glyph is on a plate in the colour of the
    // other rows.
    void contrast()
    {
        QFETCH(const int, scheme);
        const QPalette palette = paletteOf(Schemes[scheme]);
        for (const DisplayState state : allStates()) {
            const QColor color = stateColor(state, palette);
            for (const auto role : {QPalette::Base, QPalette::AlternateBase}) {
                const double found = colorscience::contrast(color, palette.color(role));
                QVERIFY2(found >= 3,
                         qPrintable(u"%1: %2"_s.arg(stateWord(state)).arg(found, 0, 'f', 2)));
            }
            QImage selected(24, 24, QImage::Format_RGB32);
            selected.fill(palette.color(QPalette::Highlight));
            QPainter painter(&selected);
            stateIcon(state, palette)
                    .paint(&painter, QRect(2, 2, 20, 20), Qt::AlignCenter, QIcon::Selected);
            painter.end();
            for (const QPoint &edge : {QPoint(12, 2), QPoint(2, 12), QPoint(12, 21), QPoint(21, 12)})
                QCOMPARE(selected.pixelColor(edge), palette.color(QPalette::Base));
            QVERIFY2(hasColor(selected, QRect(4, 4, 16, 16), color), wordOf(state));
        }
    }

    // States that need different answers must differ in colour by 10 in CIE L*a*b* for every eye,
    // or in a quarter of their square; and any two states in 8 % of it, whatever their colours.
    void everyEyeTellsThemApart()
    {
        using namespace colorscience;
        constexpr std::pair<const char *, Matrix> Eyes[] = {{"normal", Normal},
                                                            {"protanopia", Protanopia},
                                                            {"deuteranopia", Deuteranopia},
                                                            {"tritanopia", Tritanopia}};
        double closest = 100;
        for (const DisplayState one : allStates()) {
            for (const DisplayState other : allStates()) {
                const double shapes = difference(shapeOf(one, 16, 1), shapeOf(other, 16, 1));
                for (const Background background : {Background::Light, Background::Dark}) {
                    if (one >= other || stateColor(one, background) == stateColor(other, background))
                        continue;
                    for (const auto &[name, eye] : Eyes) {
                        const double colors = distance(stateColor(one, background),
                                                       stateColor(other, background), eye);
                        closest = std::min(closest, colors);
                        QVERIFY2(colors >= 10 || shapes >= 0.25,
                                 qPrintable(u"%1, %2, %3, %4: %5 and %6"_s.arg(
                                         stateWord(one), stateWord(other), QString::fromLatin1(name),
                                         background == Background::Dark ? u"dark"_s : u"light"_s,
                                         QString::number(colors), QString::number(shapes))));
                    }
                }
            }
        }
        qInfo("the closest two colours are %.1f apart", closest);
    }

    void shapesDiffer_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<double>("ratio");
        QTest::newRow("16 px") << 16 << 1.0;
        QTest::newRow("16 px at 1.5") << 16 << 1.5;
        QTest::newRow("16 px at 2") << 16 << 2.0;
        QTest::newRow("32 px") << 32 << 1.0;
    }

    void shapesDiffer()
    {
        QFETCH(const int, side);
        QFETCH(const double, ratio);
        double least = 1;
        for (const DisplayState one : allStates()) {
            for (const DisplayState other : allStates()) {
                if (one == other)
                    continue;
                const double found = difference(shapeOf(one, side, ratio),
                                                shapeOf(other, side, ratio));
                least = std::min(least, found);
                QVERIFY2(found >= 0.08,
                         qPrintable(
                                 u"%1, %2: %3"_s.arg(stateWord(one), stateWord(other)).arg(found)));
            }
        }
        qInfo("the most alike two differ in %.0f %%", least * 100);
    }

    // Straight edges on whole pixels have no grey.
    void sharpAtEveryScale_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::addColumn<double>("offset");
        for (const double ratio : {1.0, 1.5, 2.0}) {
            for (const double offset : {0.0, 3.0})
                QTest::addRow("%.1f at %.0f", ratio, offset) << ratio << offset;
        }
    }

    void sharpAtEveryScale()
    {
        QFETCH(const double, ratio);
        QFETCH(const double, offset);
        QImage image(QSize(24, 24) * ratio, QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        for (const DisplayState state : {DisplayState::Drained, DisplayState::Stopped}) {
            image.fill(Qt::white);
            QPainter painter(&image);
            paintState(&painter, QRectF(offset, offset, 16, 16), state, Qt::black);
            painter.end();
            const int middle = int(std::round(offset * ratio) + 8 * ratio);
            for (int i = 0; i < image.width(); ++i) {
                const int across = qGray(image.pixel(i, middle));
                const int down = qGray(image.pixel(middle, i));
                QVERIFY2(across == 0 || across == 255, wordOf(state));
                QVERIFY2(down == 0 || down == 255, wordOf(state));
            }
        }
    }

    void checkingGoesRound()
    {
        QImage first(16, 16, QImage::Format_RGB32);
        QImage later = first;
        const auto paint = [](QImage *image, double phase) {
            image->fill(Qt::white);
            QPainter painter(image);
            paintState(&painter, QRectF(0, 0, 16, 16), DisplayState::Checking, Qt::black, phase);
        };
        paint(&first, 0);
        paint(&later, 0.5);
        QVERIFY(first != later);
        QVERIFY(qGray(first.pixel(12, 3)) < qGray(first.pixel(3, 12)));
        QVERIFY(qGray(later.pixel(12, 3)) > qGray(later.pixel(3, 12)));
        paint(&later, 1);
        QCOMPARE(first, later);
    }

    void iconsOfTheApplication()
    {
        for (const DisplayState state : allStates()) {
            const QIcon icon = stateIcon(state);
            QVERIFY(!icon.isNull());
            const QImage image = icon.pixmap(QSize(16, 16), 2.0).toImage();
            QCOMPARE(image.size(), QSize(32, 32));
            QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
            const QIcon copy = icon; // NOLINT: copies share the engine until one is changed
            QVERIFY(copy.pixmap(16).toImage() == icon.pixmap(16).toImage());
        }
    }

    void trendLine()
    {
        using enum TrendSample::Reach;
        QList<TrendSample> trend;
        for (int i = 0; i < PeerHistory::Steps; ++i)
            trend.append({Reached, i < 30 ? 40 : 0});
        const QImage line = trendOf(trend, Qt::LeftToRight);
        QVERIFY(hasLine(line, QRect(6, 3, 40, 6)));   // high at first
        QVERIFY(hasLine(line, QRect(70, 17, 40, 6))); // low in the end
        QVERIFY(!hasLine(line, QRect(70, 0, 40, 15)));
        const QImage mirrored = trendOf(trend, Qt::RightToLeft);
        QVERIFY(hasLine(mirrored, QRect(70, 3, 40, 6)));
        QVERIFY(!hasLine(mirrored, QRect(6, 0, 40, 15)));

        for (int i = 20; i < 40; ++i)
            trend[i] = {NotSeen, -1};
        const QImage gap = trendOf(trend, Qt::LeftToRight);
        QCOMPARE(inkOf(gap.copy(46, 0, 24, 24), Qt::white), QRect());
        for (int i = 20; i < 40; ++i)
            trend[i] = {NotReached, 0};
        const QImage out = trendOf(trend, Qt::LeftToRight);
        const QImage crosses = out.copy(46, 0, 24, 24);
        QVERIFY(!inkOf(crosses, Qt::white).isEmpty());
        QVERIFY(!hasLine(crosses, crosses.rect()));
        // Five minutes take the full width, also when only the last of them are known.
        const QImage young = trendOf(trend.mid(55), Qt::LeftToRight);
        QVERIFY(inkOf(young, Qt::white).left() > 90);
        QCOMPARE(inkOf(trendOf({}, Qt::LeftToRight), Qt::white), QRect());
    }

    // The glyph is in its colour, the text in the palette's; a selected row's glyph has its plate.
    void delegateDrawsGlyphAndText()
    {
        const QPalette palette = paletteOf(Schemes[0]);
        PeersModel model(u"orders"_s);
        PeerView down = madeup::peer(u"db2"_s, u"Down"_s);
        down.nextCheck = 12;
        model.setView(madeup::view({madeup::peer(u"db1"_s), down}));
        PeerDelegate delegate;
        QTreeView view;
        view.setPalette(palette);
        const auto draw = [&](Qt::LayoutDirection direction, QStyle::State state) {
            QImage image(240, 24, QImage::Format_RGB32);
            image.fill(palette.color(state & QStyle::State_Selected ? QPalette::Highlight
                                                                    : QPalette::Base));
            QPainter painter(&image);
            painter.setRenderHint(QPainter::TextAntialiasing, false);
            QStyleOptionViewItem option;
            option.widget = &view;
            option.palette = palette;
            option.rect = image.rect();
            option.direction = direction;
            option.state = state | QStyle::State_Enabled | QStyle::State_Active;
            option.decorationAlignment = Qt::AlignCenter;
            option.displayAlignment = Qt::AlignLeft | Qt::AlignVCenter;
            option.font = view.font();
            delegate.paint(&painter, option, model.index(1, PeersModel::State));
            return image;
        };
        const QColor red = stateColor(DisplayState::Down, palette);
        const QRect left(0, 0, 26, 24);
        const QRect right(214, 0, 26, 24);
        const QImage normal = draw(Qt::LeftToRight, {});
        QVERIFY(hasColor(normal, left, red));
        QVERIFY(!hasColor(normal, QRect(28, 0, 212, 24), red));
        QVERIFY(hasColor(normal, QRect(28, 0, 212, 24), palette.color(QPalette::Text)));
        const QImage mirrored = draw(Qt::RightToLeft, {});
        QVERIFY(hasColor(mirrored, right, red));
        QVERIFY(!hasColor(mirrored, left, red));
        const QImage selected = draw(Qt::LeftToRight, QStyle::State_Selected);
        QVERIFY(hasColor(selected, left, red));
        QVERIFY(hasColor(selected, left, palette.color(QPalette::Base)));
        QVERIFY(delegate.sizeHint({}, model.index(0, PeersModel::Trend)).width() >= 60);
    }
};

QTEST_MAIN(tst_StateIcons)
#include "tst_stateicons.moc"
